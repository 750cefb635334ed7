// The list beside the map: a click on a stop shows it on the map, and a marker shows its stop in the list.
(function () {
  "use strict";
  const map = window.itineraryMap;
  const wide = window.matchMedia("(min-width: 801px)");

  function mark(order) {
    for (const item of document.querySelectorAll(".stops li.now")) item.classList.remove("now");
    const item = document.getElementById("stop-" + order);
    if (item) item.classList.add("now");
    return item;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-order]");
    if (!button) return;
    map.itinerary.select(Number(button.dataset.order), {open: true});
    mark(button.dataset.order);
    if (!wide.matches) document.querySelector(".map").scrollIntoView({block: "start"});
  });

  map.on("itinerary:stop", (event) => {
    const item = mark(event.order);
    if (item && wide.matches) item.scrollIntoView({block: "nearest"});
  });
})();
