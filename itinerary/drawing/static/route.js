// The route on a Leaflet map: numbered stops, legs with arrows, areas, and a quiet layer of places only mentioned.
// Whatever comes from the text is put on the page as text (textContent, title, aria-label), never as markup.
(function () {
  "use strict";
  const {BADGE, grouped, numbers, layout, measurer} = window.itineraryLayout;
  const MANY_LEGS = 300; // beyond this many, legs are drawn on a canvas and have no hidden wide line for the pointer
  const ARROW_AT = 0.42; // of the way: the arrows of there and back then stand apart
  const SHORTEST_ARROW = 46; // pixels of a leg that has room for an arrow
  const NEAR_ZOOM = 4; // a stop asked for is shown at this zoom at least
  const POLAR = 75; // degrees of latitude beyond which a leg need not be seen whole: the map grows without end there
  const STATUS = {visited: "visited", planned: "planned, not yet reached", passed: "passed through"};

  function make(tag, name, text) {
    const element = document.createElement(tag);
    if (name) element.className = name;
    if (text !== undefined) element.textContent = text;
    if (tag === "strong" || tag === "blockquote") element.dir = "auto"; // names and sentences may be written right to left
    return element;
  }
  const km = (value) => value.toLocaleString("en") + " km";
  const joined = (parts) => parts.filter(Boolean).join(" · ");

  // A polyline that keeps parts of pixels: Leaflet's own rounds each point, which makes a smooth curve tremble.
  const Track = L.Polyline.extend({
    _projectLatlngs(line, rings, bounds) {
      if (!(line[0] instanceof L.LatLng)) { line.forEach((part) => this._projectLatlngs(part, rings, bounds)); return; }
      const origin = this._map.getPixelOrigin();
      const points = line.map((at) => this._map.project(at).subtract(origin));
      points.forEach((point) => bounds.extend(point));
      rings.push(points);
    },
  });

  // visited wins over planned, planned over passed: a place is drawn as the best that happened there
  function status(stops) {
    return ["visited", "planned", "passed"].find((one) => stops.some((stop) => stop.status === one)) || "visited";
  }

  function stopText(stop) {
    const box = make("div", "stop-text");
    box.append(make("strong", "", `${stop.order}. ${stop.name}`));
    box.append(make("div", "quiet", joined([stop.country, stop.told && `“${stop.told}”`, stop.when])));
    box.append(make("div", "quiet", joined([
      stop.status !== "visited" && STATUS[stop.status], stop.km !== null && `${km(stop.km)} from the stop before`,
      stop.open && "the text leaves its order open"])));
    if (stop.text) box.append(make("blockquote", "", stop.text));
    box.append(make("div", "quiet small", `certainty ${Math.round(stop.score * 100)} %`));
    return box;
  }

  function popup(content) {
    const box = make("div", "popup");
    box.append(...content);
    return box;
  }

  function stopMarker(map, group) {
    const icon = make("div", `stop ${status(group.stops)}${group.stops[0].radius ? " area" : ""}`);
    icon.append(make("span", "badge", numbers(group.stops)), make("span", "name", group.stops[0].name));
    const label = group.stops.map((stop) => joined([`Stop ${stop.order}: ${stop.name}`, stop.country, stop.when])).join("; ");
    const marker = L.marker(group.at, {
      icon: L.divIcon({html: icon, className: "stop-icon", iconSize: [BADGE, BADGE]}), title: label, riseOnHover: true,
      zIndexOffset: 10000 - 5 * group.stops[0].order});
    marker.bindPopup(() => popup(group.stops.map(stopText)), {maxWidth: 300, minWidth: 180, maxHeight: 320, offset: [0, -8]});
    marker.on("add", () => marker.getElement().setAttribute("aria-label", label));
    marker.on("popupopen", () => map.fire("itinerary:stop", {order: group.stops[0].order}));
    group.marker = marker; group.icon = icon;
    return marker;
  }

  function legText(leg, stops) {
    const box = make("div", "leg-text");
    box.append(make("strong", "", `${stops[leg.from - 1].name} → ${stops[leg.to - 1].name}`));
    const days = leg.days === null ? "" : leg.days === 1 ? "1 day" : `${leg.days} days`;
    box.append(make("div", "quiet", joined([km(leg.km), days, leg.mode && `by ${leg.mode}`.replace("by on ", "on ")])));
    for (const warning of leg.warnings) box.append(make("div", "warning", warning));
    return box;
  }

  function legLines(scene, layer, container) {
    const many = scene.legs.length > MANY_LEGS;
    const renderer = many ? L.canvas({padding: 0.3}) : L.svg({padding: 0.3});
    for (const leg of scene.legs) {
      const line = new Track(leg.lines, {renderer, className: `leg ${leg.status}`, color: colour(container, "accent"),
        weight: 2.6, opacity: 0.9, smoothFactor: 0.3, interactive: many,
        dashArray: leg.status === "planned" ? "3 7" : null, lineCap: "round"});
      layer.addLayer(line);
      const target = many ? line : L.polyline(leg.lines, {renderer, weight: 14, opacity: 0, className: "leg-target"});
      if (!many) layer.addLayer(target);
      target.bindTooltip(() => legText(leg, scene.stops), {sticky: true, className: "leg-tip"});
    }
  }

  function colour(container, name) {
    return getComputedStyle(container).getPropertyValue("--map-" + name).trim();
  }

  // The point of a leg's line `share` of the way along in pixels, the direction there and the length; null for a leg too short.
  function along(map, line, share) {
    const points = line.map((at) => map.project(at));
    const lengths = points.slice(1).map((point, i) => point.distanceTo(points[i]));
    const total = lengths.reduce((sum, length) => sum + length, 0);
    if (total < SHORTEST_ARROW) return null;
    let rest = total * share;
    for (let i = 0; i < lengths.length; i++) {
      if (rest <= lengths[i] && lengths[i] > 0) {
        const [a, b] = [points[i], points[i + 1]], part = rest / lengths[i];
        return {at: map.unproject(a.add(b.subtract(a).multiplyBy(part))), angle: Math.atan2(b.y - a.y, b.x - a.x)};
      }
      rest -= lengths[i];
    }
    return null;
  }

  const longest = (lines) => lines.reduce((best, line) => (line.length > best.length ? line : best));

  function arrowIcon(angle, planned) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", "M-5,-5.5 L6.5,0 L-5,5.5 L-2.4,0 Z");
    svg.setAttribute("viewBox", "-8 -8 16 16");
    svg.setAttribute("class", planned ? "arrow planned" : "arrow");
    svg.style.transform = `rotate(${angle}rad)`;
    svg.append(path);
    const box = make("div", "");
    box.append(svg);
    return L.divIcon({html: box, className: "arrow-icon", iconSize: [16, 16]});
  }

  function drawArrows(map, scene, layer) {
    layer.clearLayers();
    if (scene.legs.length > MANY_LEGS && map.getZoom() < 5) return;
    const view = map.getBounds().pad(0.5);
    for (const leg of scene.legs) {
      const place = along(map, longest(leg.lines), ARROW_AT);
      if (place && view.contains(place.at)) {
        layer.addLayer(L.marker(place.at, {icon: arrowIcon(place.angle, leg.status === "planned"), interactive: false,
          keyboard: false, zIndexOffset: -10000}));
      }
    }
  }

  function mentionLayer(scene) {
    return L.layerGroup(scene.mentions.map((mention) => {
      const marker = L.circleMarker(mention.at, {radius: 4.5, className: "mention", weight: 1.5, fillOpacity: 0.6});
      marker.bindPopup(() => {
        const box = make("div", "stop-text");
        box.append(make("strong", "", mention.name), make("div", "quiet", joined([mention.country, mention.why])),
          make("div", "quiet", mention.text));
        return popup([box]);
      }, {maxWidth: 280});
      return marker.bindTooltip(() => make("span", "", mention.name));
    }));
  }

  function legend(scene) {
    const box = make("div", "legend");
    const has = (one) => scene.stops.some((stop) => stop.status === one);
    const entry = (name, text) => {
      const row = make("div", "entry"), mark = make("span", "mark " + name);
      mark.setAttribute("aria-hidden", "true");
      row.append(mark, make("span", "", text));
      box.append(row);
    };
    if (has("visited")) entry("visited", "visited");
    if (has("passed")) entry("passed", "passed through");
    if (has("planned")) entry("planned", "planned");
    if (scene.stops.some((stop) => stop.radius)) entry("area", "somewhere in this area");
    return box.childElementCount > 1 || scene.stops.some((stop) => stop.status !== "visited" || stop.radius) ? box : null;
  }

  function controls(map, scene, mentions) {
    map.attributionControl.setPrefix(false);
    map.attributionControl.addAttribution("Natural Earth · GeoNames (CC BY 4.0) · Leaflet");
    L.control.scale({imperial: false, maxWidth: 120}).addTo(map);
    const box = L.control({position: "bottomleft"});
    box.onAdd = () => map.itinerary.legend;
    if (map.itinerary.legend) box.addTo(map);
    if (scene.mentions.length) {
      L.control.layers(null, {[`Only mentioned (${scene.mentions.length})`]: mentions}, {collapsed: false}).addTo(map);
    }
  }

  function frame(map, scene, areas) {
    const bounds = L.latLngBounds([]);
    scene.stops.forEach((stop) => bounds.extend(stop.at));
    for (const at of scene.legs.flatMap((leg) => leg.lines.flat())) {
      if (Math.abs(at[0]) < POLAR) bounds.extend(at);
    }
    areas.eachLayer((area) => bounds.extend(area.getLatLng().toBounds(2 * area.options.radius)));
    const {x: width, y: height} = map.getSize(), side = Math.min(96, width / 9), foot = map.itinerary.legend ? 84 : 48;
    if (!bounds.isValid()) map.setView([20, 0], Math.max(0, Math.log2(width / 256)), {animate: false});
    else map.fitBounds(bounds, {paddingTopLeft: [side, Math.min(48, height / 8)],
      paddingBottomRight: [side, Math.min(foot, height / 5)], maxZoom: scene.stops.length > 1 ? 11 : 6, animate: false});
  }

  // Fit again when the page gives the map another size, until the reader has moved it.
  function keepFramed(map, fit) {
    let touched = false;
    const container = map.getContainer();
    for (const kind of ["mousedown", "wheel", "touchstart", "keydown"]) {
      container.addEventListener(kind, () => { touched = true; }, {passive: true});
    }
    new ResizeObserver(() => {
      map.invalidateSize({animate: false, pan: touched});
      if (!touched) fit();
    }).observe(container);
    return () => { touched = true; };
  }

  window.itineraryDraw = function (map, scene) {
    const container = map.getContainer(), groups = grouped(scene.stops), measure = measurer();
    container.classList.add("itinerary-map");
    container.setAttribute("role", "region");
    container.setAttribute("aria-label", "Map of the route");
    let laidOut = null, boxes = null;
    const touch = {now: () => {}};
    map.itinerary = {
      towns: scene.towns,
      legend: legend(scene),
      layout() {
        if (laidOut !== map.getZoom()) { laidOut = map.getZoom(); boxes = layout(map, scene, groups, measure); }
        return boxes;
      },
      focus(order) {
        const group = groups.find((one) => one.stops.some((stop) => stop.order === order));
        touch.now();
        const near = map.getZoom() >= NEAR_ZOOM && map.getBounds().pad(-0.1).contains(group.at);
        const animate = !matchMedia("(prefers-reduced-motion: reduce)").matches;
        if (!near) map.setView(group.at, Math.max(map.getZoom(), NEAR_ZOOM), {animate});
        group.marker.openPopup();
      },
    };
    const areas = L.featureGroup(groups.filter((group) => group.stops[0].radius).map((group) => L.circle(group.at, {
      radius: group.stops[0].radius * 1000, className: "area", interactive: false, weight: 1})));
    const markers = groups.map((group) => stopMarker(map, group));
    frame(map, scene, areas);
    const base = new window.ItineraryBaseMap({coast: scene.coast}).addTo(map);
    areas.addTo(map);
    const legs = L.layerGroup().addTo(map), arrows = L.layerGroup().addTo(map), mentions = mentionLayer(scene);
    legLines(scene, legs, container);
    markers.forEach((marker) => marker.addTo(map));
    controls(map, scene, mentions);
    const arrange = () => { map.itinerary.layout(); drawArrows(map, scene, arrows); };
    map.on("moveend zoomend", arrange);
    arrange();
    touch.now = keepFramed(map, () => frame(map, scene, areas));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => base.redraw());
    window.itineraryMap = map;
  };
})();
