// The list beside the map: a press on a stop shows it on the map, and a marker shows its stop in the list. The map's switches for
// light or dark and for miles go for the whole page, and on paper everything is light and whole.
(function (I) {
  "use strict";
  const map = window.itineraryMap, view = map.itinerary;
  const wide = window.matchMedia("(min-width: 801px)");
  const items = [...document.querySelectorAll(".stops li")];
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  function mark(order) {
    for (const item of document.querySelectorAll(".stops li.now")) {
      item.classList.remove("now");
      item.querySelector("button").removeAttribute("aria-current");
    }
    const item = document.getElementById("stop-" + order);
    if (!item) return null;
    item.classList.add("now");
    item.querySelector("button").setAttribute("aria-current", "true");
    return item;
  }

  function show(order) {
    view.select(order, {open: true});
    mark(order);
    if (!wide.matches) document.querySelector(".map").scrollIntoView({block: "start"});
  }

  document.addEventListener("click", (event) => {
    const stop = event.target.closest("button[data-order], .charts g[data-order]");
    if (stop) show(Number(stop.dataset.order));
  });

  function follow(event) {
    const item = mark(event.order);
    if (item && wide.matches) item.scrollIntoView({block: "nearest"});
  }

  map.on("itinerary:stop itinerary:time", follow);
  map.on("itinerary:deselect", () => mark(null));

  // --- find in the list -------------------------------------------------------------------------------------------------

  const field = document.getElementById("sift");
  if (field) {
    let words = null;
    field.addEventListener("input", () => {
      words = words || items.map((item) => plain(item.querySelector(".told").textContent));
      const sought = plain(field.value.trim());
      items.forEach((item, i) => { item.hidden = !words[i].includes(sought); });
      const left = items.filter((item) => !item.hidden).length;
      document.getElementById("sifted").textContent = sought ? `${left} of ${items.length} stops` : "";
    });
  }

  // --- one switch for map and page --------------------------------------------------------------------------------------

  map.on("itinerary:theme", (event) => { document.documentElement.dataset.theme = event.theme; });
  map.on("itinerary:units", (event) => measure(event.units));
  measure(view.units);

  // Every length in the reader's unit and way of writing numbers.
  function measure(units) {
    for (const one of document.querySelectorAll("[data-km]")) {
      const number = I.words.number(Number(one.dataset.km), units);
      one.textContent = "bare" in one.dataset ? number : `${number} ${units}`;
    }
    for (const one of document.querySelectorAll("[data-unit]")) one.textContent = units;
  }

  // --- on paper ---------------------------------------------------------------------------------------------------------

  let before = null;
  window.addEventListener("beforeprint", () => {
    before = {theme: view.theme, order: view.time.order, open: [...document.querySelectorAll("details[open]")],
      centre: map.getCenter(), zoom: map.getZoom()};
    view.time.finish();
    map.closePopup();
    document.documentElement.classList.add("paper");
    map.invalidateSize({animate: false});
    view.frame(false);
    view.setTheme("light");
    for (const one of document.querySelectorAll("details.charts")) one.open = true;
  });
  window.addEventListener("afterprint", () => {
    if (!before) return;
    document.documentElement.classList.remove("paper");
    map.invalidateSize({animate: false});
    map.setView(before.centre, before.zoom, {animate: false});
    view.setTheme(before.theme);
    if (before.order !== Infinity) view.time.at(before.order);
    for (const one of document.querySelectorAll("details")) one.open = before.open.includes(one);
  });
})(window.Itinerary);
