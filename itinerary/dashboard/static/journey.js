// The journey: map, text and stops that show one another's choice at once, without asking the server. Only a correction, or a choice
// that is to be corrected, is sent there.
(function () {
  "use strict";
  const {button, filled} = window.build, send = window.bridge.send;
  const NARROW = 620; // pixels, as in journey.css
  const at = (name) => document.getElementById(name);
  let args = null, view = null, map = null, parts = null, chosen = null, turn = null, sceneText = "", tiles = null;
  let pointed = "", bar = ""; // the choice that the map shows, and what the bar of buttons was made of

  function labels(words) {
    for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", words[element.dataset.label]);
    for (const element of document.querySelectorAll("[data-words]")) element.textContent = words[element.dataset.words];
  }

  function begin() {
    labels(args.words);
    parts = {
      reader: new window.Reader(at("text"), (one) => choose(one, "text")),
      stops: new window.Stops(at("stops"), args.words, {choose: (stop) => choose({order: stop.order}, "list"), move}),
      card: new window.Card(at("card"), args.words, {
        open: (target) => { send("open", target); showPanel(); },
        status: (target, status) => send("status", {...target, status}),
      }),
    };
    document.addEventListener("keydown", keys);
  }

  // On a narrow screen the side panel lies over the map or is folded away.
  function press(name) {
    try {
      const found = window.parent.document.querySelector(`[data-testid="${name}"]`);
      if (found) (found.matches("button") ? found : found.querySelector("button") || found).click();
    } catch { /* another origin: the reader does it */ }
  }

  function showPanel() { press("stExpandSidebarButton"); }
  function hidePanel() { if (window.innerWidth <= NARROW) press("stSidebarCollapseButton"); }

  function keys(event) {
    if (event.target.closest("input, textarea, select")) return;
    const redo = event.key === "y" || (event.shiftKey && event.key.toLowerCase() === "z");
    if ((event.ctrlKey || event.metaKey) && (redo || event.key.toLowerCase() === "z")) {
      event.preventDefault();
      if (redo ? args.redo : args.undo) send(redo ? "redo" : "undo", {});
    } else if (event.key === "Escape") {
      if (args.picking) send("cancel", {});
    }
  }

  function move(stop, to) {
    if (to >= 1 && to <= args.stops.length) send("move", {order: stop.order, to});
  }

  // --- the choice

  function found(one) {
    if (!one) return null;
    if ("order" in one) { const stop = args.stops[one.order - 1]; return stop ? {kind: "stop", ...stop} : null; }
    if ("mention" in one) { const name = args.names[one.mention]; return name ? {kind: "name", ...name} : null; }
    const date = parts.reader.date(one.date), other = args.ambiguous[one.date];
    return date && {kind: "date", ...date, aside: [date.aside, other].filter(Boolean).join(" · "), open: Boolean(other)};
  }

  function choose(one, from) {
    chosen = found(one) ? one : null;
    parts.reader.select(chosen, {scroll: from !== "text" && from !== "same"});
    parts.stops.select(chosen && "order" in chosen ? chosen.order : null);
    parts.card.show(found(chosen), args);
    if (view) point(from);
    if (args.correcting && chosen && from !== "server" && from !== "same" && !("date" in chosen)) send("open", chosen);
  }

  // A message that changes nothing of the choice leaves the map as it is, with what the reader opened there: one comes already when
  // the card has become higher.
  function point(from) {
    const now = JSON.stringify(chosen);
    if (from !== "map" && !(from === "same" && now === pointed)) {
      if (!chosen || !("mention" in chosen)) view.selectMention(null);
      if (chosen && "mention" in chosen) view.selectMention(chosen.mention);
      else view.select(chosen && "order" in chosen ? chosen.order : null, {open: false, pan: from !== "same"});
    }
    pointed = now;
  }

  // --- the map

  function drawMap() {
    if (view) view.destroy();
    const place = document.createElement("div");
    place.className = "canvas";
    at("map").replaceChildren(place);
    map = window.L.map(place, window.itineraryDraw.options);
    view = window.itineraryDraw(map, args.scene, {theme: args.theme, units: args.units, time: true, search: true, legend: true});
    map.on("itinerary:stop", (event) => choose({order: event.order}, "map"));
    map.on("itinerary:mention", (event) => choose({mention: event.index}, "map"));
    map.on("itinerary:deselect", () => { if (!args.picking) choose(null, "map"); });
    map.on("itinerary:click", (event) => { if (args.picking) send("pick", {lat: event.lat, lon: event.lon}); });
    tiles = null;
  }

  // Tiles of others are asked for only when the reader has turned the network on and chosen them.
  function showTiles(wanted) {
    const url = wanted ? wanted.url : null;
    if ((tiles ? tiles.url : null) === url) return;
    if (tiles) map.removeLayer(tiles.layer);
    tiles = wanted && {url, layer: window.L.tileLayer(url, {attribution: wanted.attribution, maxZoom: wanted.zoom, zIndex: 5}).addTo(map)};
  }

  function showMap(before) {
    const text = JSON.stringify(args.scene);
    const other = !view || before.trip !== args.trip;
    if (other || text !== sceneText) pointed = "";
    if (other) drawMap();
    else if (text !== sceneText) view.update(args.scene);
    sceneText = text;
    if (before && before.theme !== args.theme) view.setTheme(args.theme);
    if (before && before.units !== args.units) view.setUnits(args.units);
    showTiles(args.tiles);
    const preview = JSON.stringify(args.preview || null);
    if (preview !== JSON.stringify((before && before.trip === args.trip && before.preview) || null)) view.preview(args.preview || null);
  }

  function showBar() {
    const text = JSON.stringify([args.undo, args.redo, args.picking]);
    if (text === bar) return; // a button made anew between press and release would not hear the click
    bar = text;
    const words = args.words, tool = (kind, sign, what) => button(what ? filled(words[kind], {what}) : words[`nothing_${kind}`],
      () => send(kind, {}), {disabled: !what, class: kind}, sign);
    const focus = at("undo").contains(document.activeElement) ? document.activeElement.className : null;
    at("undo").replaceChildren(tool("undo", "↶", args.undo), tool("redo", "↷", args.redo));
    if (focus) at("undo").querySelector(`.${focus}`).focus({preventScroll: true});
    at("picking").hidden = !args.picking;
    at("map").classList.toggle("picking", Boolean(args.picking));
    if (args.picking) {
      at("picking").replaceChildren(filled(words.picking, {what: args.picking}), " ",
        button(words.pick_middle, () => { const {lat, lng} = map.getCenter().wrap(); send("pick", {lat, lon: lng}); }, {}), " ",
        button(words.cancel, () => send("cancel", {}), {}));
    }
  }

  function show(next, theme) {
    const before = args;
    args = {...next, theme: theme.base === "dark" ? "dark" : "light"};
    document.documentElement.dataset.theme = args.theme;
    if (!parts) begin();
    if (!parts.reader.show(args.text)) send("whole", {});
    parts.stops.show(args.stops);
    at("stops-head").hidden = !args.stops.length;
    showMap(before);
    showBar();
    if (args.picking && !(before && before.picking)) hidePanel();
    at("said").textContent = args.said || "";
    if (before && before.trip !== args.trip) chosen = null;
    if (args.chosen && args.chosen.turn !== turn) {
      turn = args.chosen.turn;
      choose(args.chosen.target, args.chosen.quiet ? "same" : "server");
    } else {
      choose(chosen, "same");
    }
  }

  window.bridge.start(show);
})();
