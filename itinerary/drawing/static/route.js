// The route on a Leaflet map, and the handle by which the page around it works the map:
// `const view = itineraryDraw(map, scene)`, then `view.update(scene)`, `view.select(order)`, `view.preview(place)`, `view.fit()`, …
(function (I) {
  "use strict";
  const POLAR = 75; // degrees of latitude beyond which a leg need not be seen whole: the map grows without end there
  const CLOSEST = {route: 11, place: 6}; // zooms at which a whole route, or a single stop, is shown at most
  const BADGE_ROOM = 16; // pixels between a stop and what stands at the foot of the map
  const FOOT_SHARE = 0.45; // of the map's height that is kept free for that at most
  const OPTIONS = {theme: null, units: "km", time: true, search: true, legend: true};

  class View {
    constructor(map, scene, options) {
      map.itinerary = this; // the base map asks it where names may stand
      this.map = map; this.options = {...OPTIONS, ...options}; this.units = this.options.units;
      this.selected = null; this.moves = 0; this.quiet = 0; this.touched = false;
      this.container = map.getContainer();
      this.container.classList.add("itinerary-map");
      this.container.setAttribute("role", "region");
      this.container.setAttribute("aria-label", "Map of the route");
      this.measure = I.layout.measurer();
      this.theme = this.options.theme || (document.querySelector(".follows-system") ? "system" : "light");
      if (I.words.calm()) map._fadeAnimated = false;
      this.dress();
      this.build(scene);
      this.listen();
    }

    build(scene) {
      const {map} = this;
      this.frameOf = null;
      map.setView([20, 0], 2, {animate: false});
      this.areas = L.featureGroup();
      this.base = new I.BaseMap({view: this});
      this.legs = new I.Legs(map, this);
      this.marks = new I.Marks(map, this);
      this.mentions = new I.Mentions(map, this);
      this.ghost = new I.Ghost(map, this);
      this.controls = new I.Controls(map, this, this.options);
      if (this.options.search) this.search = new I.Search(map, this);
      this.locator = new I.Locator(map, this);
      this.time = new I.Time(map, this);
      this.take(scene);
      this.frame(false);
      this.base.addTo(map);
      this.areas.addTo(map);
      this.layout();
    }

    // Hand a scene to every part; nothing is left of the one before.
    take(scene) {
      this.scene = scene; this.towns = scene.towns || [];
      this.marks.set(scene); this.legs.set(scene); this.mentions.set(scene);
      this.controls.set(scene, this.mentions.layer);
      this.base.take(scene);
      this.drawAreas();
      this.time.set(this.options.time ? scene : {stops: []});
      if (this.search) this.search.set(scene);
    }

    drawAreas() {
      this.areas.clearLayers();
      const groups = this.marks.shown.filter((group) => group.stops[0].radius);
      const codes = groups.map((group) => group.stops[0].area).filter((code) => this.base.knows(code));
      this.base.highlight(codes);
      for (const group of groups.filter((one) => !codes.includes(one.stops[0].area))) {
        this.areas.addLayer(L.circle(group.at, {radius: group.stops[0].radius * 1000, className: "area", interactive: false, weight: 1}));
      }
    }

    listen() {
      const {map} = this;
      map.on("moveend zoomend", () => this.layout());
      map.on("click", (event) => {
        const at = event.latlng.wrap();
        map.fire("itinerary:click", {lat: at.lat, lon: at.lng});
        this.deselect();
      });
      this.container.addEventListener("keydown", (event) => { if (event.key === "Escape") { map.closePopup(); this.deselect(); } });
      for (const kind of ["mousedown", "wheel", "touchstart", "keydown"]) {
        this.container.addEventListener(kind, () => this.touch(), {passive: true});
      }
      this.sizes = new ResizeObserver(() => {
        map.invalidateSize({animate: false, pan: this.touched});
        if (!this.touched) this.frame(false);
      });
      this.sizes.observe(this.container);
      this.dark = matchMedia("(prefers-color-scheme: dark)");
      this.onDark = () => this.dress();
      this.dark.addEventListener("change", this.onDark);
    }

    touch() { this.touched = true; this.moves++; }

    // --- what the page around the map calls ---------------------------------------------------------------------------

    // Show other data in place of the old; the reader's view, selection, time and layers stay.
    update(scene) {
      const {selected} = this, open = this.map._popup && this.map._popup.isOpen() && selected !== null;
      this.silently(() => {
        this.take(scene);
        this.selected = scene.stops[selected - 1] ? selected : null;
        this.grown(this.time.now);
        if (!this.touched) this.frame(!I.words.calm());
        this.arrange(true);
        if (open && this.selected) this.openPopup(this.selected);
      });
    }

    select(order, {open = false, pan = true} = {}) {
      this.silently(() => {
        this.selected = this.scene.stops[order - 1] ? order : null;
        this.mentions.select(null);
        if (this.selected === null) { this.map.closePopup(); this.marks.mark(null); return; }
        if (this.time.now < order) this.time.show(order);
        if (pan) this.pan(this.marks.group(order).at);
        this.arrange();
        if (open) this.openPopup(order); else this.map.closePopup();
      });
    }

    selectMention(index) {
      this.silently(() => {
        this.selected = null; this.map.closePopup(); this.marks.mark(null);
        const mention = this.mentions.select(index);
        if (mention) this.pan(mention.at);
      });
    }

    preview(place) { this.ghost.show(place); }

    fit() { this.touched = false; this.frame(!I.words.calm()); }

    setTheme(theme) { this.theme = theme; this.dress(); }

    setUnits(units) {
      this.units = units;
      this.controls.units();
      if (this.map._popup && this.map._popup.isOpen()) this.map._popup.update();
    }

    destroy() {
      this.time.remove(); this.sizes.disconnect();
      this.dark.removeEventListener("change", this.onDark);
      this.map.remove();
    }

    // --- what the parts of the map call -------------------------------------------------------------------------------

    // The route has grown or shrunk up to this order.
    grown(order) {
      const other = this.marks.until(order);
      if (this.legs.until(order) || other) { this.drawAreas(); this.arrange(true); }
    }

    // Keep the head of the route in view while it plays.
    follow(order) {
      const {at} = this.marks.group(order);
      if (!this.map.getBounds().pad(-0.05).contains(at)) this.map.panTo(at, {animate: !I.words.calm()});
    }

    // To a stop from the one before or after it, by a button of a popup; the button of the next popup is at the keyboard's hand.
    walk(order, side) {
      this.select(order, {open: true});
      this.map.fire("itinerary:stop", {order});
      const buttons = [...this.map._popup.getElement().querySelectorAll(".steps button")];
      (buttons.find((one) => one.className === side && !one.disabled) || buttons.find((one) => !one.disabled) || this.container).focus();
    }

    found(one) {
      if (one.order) {
        this.select(one.order, {open: true});
        this.map.fire("itinerary:stop", {order: one.order});
      } else {
        this.selectMention(one.index);
        this.map.fire("itinerary:mention", {index: one.index, indices: [one.index]});
      }
    }

    opened(item) {
      const inside = item.stops.some((stop) => stop.order === this.selected);
      if (!inside) this.selected = item.stops[0].order;
      this.marks.mark(this.selected);
      if (!this.quiet) this.map.fire("itinerary:stop", {order: this.selected});
    }

    closed() { if (!this.quiet) setTimeout(() => { if (!(this.map._popup && this.map._popup.isOpen())) this.deselect(); }); }

    deselect() {
      if (this.selected === null && !this.mentions.one) return;
      this.selected = null;
      this.marks.mark(null); this.mentions.select(null);
      this.map.fire("itinerary:deselect", {});
    }

    silently(act) {
      this.quiet++;
      try { act(); } finally { this.quiet--; }
    }

    openPopup(order) {
      const marker = this.marks.find(order);
      if (!marker) return;
      if (marker.getPopup()) { if (marker.isPopupOpen()) marker.getPopup().update(); else marker.openPopup(); return; }
      const {at} = this.marks.group(order); // its marker is in a cluster
      L.popup({maxWidth: 300, minWidth: 190, maxHeight: 320}).setLatLng(at)
        .setContent(I.popups.stopsPopup([this.scene.stops[order - 1]], this)).openOn(this.map);
    }

    pan(at) {
      this.touch();
      const near = this.map.getZoom() >= I.NEAR_ZOOM && this.map.getBounds().pad(-0.1).contains(at);
      if (!near) this.map.setView(at, Math.max(this.map.getZoom(), I.NEAR_ZOOM), {animate: !I.words.calm()});
    }

    // A place on the turn of the world where the route lies.
    near([lat, lon]) {
      const middle = this.scene.stops.length ? this.scene.stops[0].at[1] : this.map.getCenter().lng;
      return [lat, lon + 360 * Math.round((middle - lon) / 360)];
    }

    turnTheme() {
      this.setTheme(this.container.classList.contains("dark") ? "light" : "dark");
      this.map.fire("itinerary:theme", {theme: this.theme});
    }

    turnUnits() {
      this.setUnits(this.units === "km" ? "mi" : "km");
      this.map.fire("itinerary:units", {units: this.units});
    }

    // Where names, badges and lines lie now, for the names of the base map.
    layout() {
      if (this.marks.scene && this.arrangedAt !== this.sight()) this.arrange();
      return this.boxes || {names: [], lines: []};
    }

    sight() { return `${this.map.getZoom()}:${this.map.getPixelBounds().min}`; }

    // Names and badges to where they belong in this view; the base map waits for them.
    arrange(redraw) {
      this.arrangedAt = this.sight();
      const items = this.marks.arrange();
      this.boxes = I.layout.layout(this.map, this.legs.shown(), items, this.measure);
      this.legs.arrange();
      this.locator.draw();
      if (redraw) this.base.redraw();
    }

    dress() {
      const dark = this.theme === "dark" || (this.theme === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
      this.container.classList.toggle("dark", dark);
      if (this.base) { this.base.redraw(); this.legs.recolour(); this.locator.draw(); }
    }

    frame(animate) {
      const {map, scene} = this, bounds = L.latLngBounds([]);
      scene.stops.forEach((stop) => bounds.extend(stop.at));
      for (const at of scene.legs.flatMap((leg) => leg.lines.flat())) if (Math.abs(at[0]) < POLAR) bounds.extend(at);
      scene.stops.filter((stop) => stop.radius).forEach((stop) => bounds.extend(L.latLng(stop.at).toBounds(2000 * stop.radius)));
      if (!bounds.isValid()) { map.setView([20, 0], Math.max(0, Math.log2(map.getSize().x / 256)), {animate: false}); return; }
      this.fitted(bounds, this.controls.height, animate);
      if (this.locator.hides(scene.stops)) this.fitted(bounds, this.locator.height, animate);
    }

    fitted(bounds, foot, animate) {
      const {x: width, y: height} = this.map.getSize(), side = Math.min(96, width / 9);
      const below = Math.min(foot + this.time.height + BADGE_ROOM, height * FOOT_SHARE);
      this.map.fitBounds(bounds, {paddingTopLeft: [side, Math.min(58, height / 6)], paddingBottomRight: [side, below], animate,
        maxZoom: this.scene.stops.length > 1 ? CLOSEST.route : CLOSEST.place});
    }
  }

  window.itineraryDraw = function (map, scene, options) {
    window.itineraryMap = map;
    return new View(map, scene, options);
  };
  window.itineraryDraw.options = {zoomSnap: 0.25, zoomDelta: 1, minZoom: 0, maxZoom: 13};
})(window.Itinerary = window.Itinerary || {});
