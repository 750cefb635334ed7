// Several journeys on one map, told apart by letter, colour and dash; a ring where travellers met.
(function () {
  "use strict";
  const {make} = window.build, L = window.L, SVG = "http://www.w3.org/2000/svg";
  const DASHES = [null, "9 5", "2 5", "12 4 2 4", "6 3", "1 4"];
  let map = null, view = null, layer = null, shown = "";

  const colour = (index) => `var(--trip-${index % 6})`;

  function begin(args, theme) {
    const place = make("div", {class: "canvas"});
    document.getElementById("map").replaceChildren(place);
    map = L.map(place, window.itineraryDraw.options);
    view = window.itineraryDraw(map, args.ground, {theme, units: args.units, time: false, search: false, legend: false});
    layer = L.layerGroup().addTo(map);
    place.setAttribute("aria-label", args.label);
  }

  function fit() {
    const bounds = L.latLngBounds(layer.getLayers().flatMap((one) => (one.getLatLng ? [one.getLatLng()] : [])));
    if (bounds.isValid()) map.fitBounds(bounds, {padding: [48, 48], maxZoom: 9, animate: false});
  }

  function pin(stop, index, letter) {
    const icon = make("span", {class: "pin", style: `--trip: ${colour(index)}`}, `${letter}${stop.order}`);
    const words = [`${letter}${stop.order}. ${stop.name}`, stop.when].filter(Boolean).join(" · ");
    const marker = L.marker(stop.at, {icon: L.divIcon({html: icon, className: "pin-icon", iconSize: [26, 22]}), title: words, riseOnHover: true});
    marker.on("add", () => { const element = marker.getElement(); element.setAttribute("aria-label", words); element.setAttribute("role", "button"); });
    return marker.bindPopup(() => make("div", {}, make("strong", {dir: "auto"}, stop.name), make("div", {}, stop.when),
      make("div", {class: "quiet"}, stop.text)));
  }

  function draw(args) {
    layer.clearLayers();
    args.trips.forEach((trip, index) => {
      for (const line of trip.lines) {
        layer.addLayer(L.polyline(line, {color: colour(index), weight: 2.6, dashArray: DASHES[index % 6], smoothFactor: 0.3, interactive: false}));
      }
    });
    args.trips.forEach((trip, index) => trip.stops.forEach((stop) => layer.addLayer(pin(stop, index, trip.letter))));
    for (const at of args.meetings) layer.addLayer(L.circleMarker(at, {radius: 20, className: "meeting", interactive: false}));
    document.getElementById("legend").replaceChildren(...args.trips.map((trip, index) => make("li", {}, sample(index),
      make("span", {dir: "auto"}, `${trip.letter} · ${trip.name}`))));
  }

  function sample(index) {
    const svg = document.createElementNS(SVG, "svg"), line = document.createElementNS(SVG, "line");
    for (const [name, value] of Object.entries({width: 40, height: 8, "aria-hidden": "true"})) svg.setAttribute(name, value);
    for (const [name, value] of Object.entries({x1: 0, y1: 4, x2: 40, y2: 4})) line.setAttribute(name, value);
    line.style.cssText = `stroke: ${colour(index)}; stroke-width: 3; stroke-dasharray: ${DASHES[index % 6] || "none"}`;
    svg.append(line);
    return svg;
  }

  window.bridge.start((args, theme) => {
    const scheme = theme.base === "dark" ? "dark" : "light", text = JSON.stringify(args.trips);
    document.documentElement.dataset.theme = scheme;
    if (!map) begin(args, scheme);
    view.setTheme(scheme);
    if (text === shown) return;
    shown = text;
    view.update(args.ground);
    draw(args);
    view.frame = fit; // the map fits itself when its size changes: to all journeys
    fit();
  });
})();
