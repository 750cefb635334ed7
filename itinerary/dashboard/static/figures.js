// The figures of a journey; a stop chosen in one of them is turned to in the dashboard.
(function () {
  "use strict";
  const place = document.getElementById("figures");
  let shown = "";

  place.addEventListener("click", (event) => {
    const group = event.target.closest("g[data-order]");
    if (group) window.bridge.send("open", {order: Number(group.dataset.order)});
  });

  window.bridge.start((args, theme) => {
    document.documentElement.dataset.theme = theme.base === "dark" ? "dark" : "light";
    if (args.html !== shown) place.innerHTML = shown = args.html;
  });
})();
