// The numbered markers of stops. Stops at one point share a marker; of a journey of very many stops those that lie close together
// on the screen do too, and only what is in view is on the page.
(function (I) {
  "use strict";
  const {make} = I.words, {BADGE, grouped, numbers} = I.layout;
  const MANY_STOPS = 300; // beyond this many, neighbours on the screen share a marker
  const CELL = 58; // pixels: markers nearer than about this are put together
  const FRONT = 10000; // markers above arrows

  // visited wins over planned, planned over passed: a place is drawn as the best that happened there
  function status(stops) {
    return ["visited", "planned", "passed"].find((one) => stops.some((stop) => stop.status === one)) || "visited";
  }

  function look(stops) {
    return ["stop", status(stops), stops[0].radius && "area", stops.some((stop) => stop.doubt) && "doubt",
      stops.some((stop) => stop.open) && "open"].filter(Boolean).join(" ");
  }

  // Groups that share a cell of a grid over the screen: [{at, groups, stops}].
  function clustered(map, groups) {
    const view = map.getPixelBounds(), cells = new Map();
    for (const group of groups) {
      const p = map.project(group.at);
      if (p.x < view.min.x - CELL || p.x > view.max.x + CELL || p.y < view.min.y - CELL || p.y > view.max.y + CELL) continue;
      const key = `${Math.floor(p.x / CELL)},${Math.floor(p.y / CELL)}`;
      if (!cells.has(key)) cells.set(key, {key: `${map.getZoom()}:${key}`, groups: [], x: 0, y: 0});
      const cell = cells.get(key);
      cell.groups.push(group); cell.x += p.x; cell.y += p.y;
    }
    return [...cells.values()].map((cell) => (cell.groups.length === 1 ? cell.groups[0] : cluster(map, cell)));
  }

  function cluster(map, cell) {
    const count = cell.groups.length;
    const stops = cell.groups.flatMap((group) => group.stops).sort((a, b) => a.order - b.order);
    return {key: `${cell.key}:${stops[0].order}:${stops.length}`, at: map.unproject([cell.x / count, cell.y / count]), stops, groups: cell.groups};
  }

  I.Marks = class {
    constructor(map, view) {
      this.map = map; this.view = view;
      this.layer = L.layerGroup().addTo(map);
      this.markers = new Map(); // key -> marker with its item
    }

    set(scene) {
      this.layer.clearLayers(); this.markers.clear();
      this.scene = scene; this.many = scene.stops.length > MANY_STOPS;
      this.all = grouped(scene.stops);
      this.all.forEach((group) => { group.key = group.at.join(); group.every = group.stops; });
      this.top = null;
      this.until(Infinity);
    }

    // Only the stops up to this order, as far as the route has grown; whether that changes anything.
    until(order) {
      const top = Math.min(Math.floor(order), this.scene.stops.length);
      if (this.top === top) return false;
      this.top = top;
      for (const group of this.all) group.stops = group.every.filter((stop) => stop.order <= top);
      this.shown = this.all.filter((group) => group.stops.length);
      return true;
    }

    // Put on the map what belongs there now and take away the rest; single groups, for the names beside them.
    arrange() {
      const items = this.many ? clustered(this.map, this.shown) : this.shown;
      const keys = new Set(items.map((item) => this.key(item)));
      for (const [key, marker] of this.markers) {
        if (!keys.has(key)) { this.layer.removeLayer(marker); this.markers.delete(key); }
      }
      for (const item of items) {
        const key = this.key(item);
        const marker = this.markers.get(key) || this.put(item);
        item.icon = marker.item.icon; marker.item = item;
        this.markers.set(key, marker);
      }
      this.items = items;
      this.mark(this.view.selected);
      return items;
    }

    key(item) { return `${item.key}|${item.stops.map((stop) => stop.order).slice(0, 4)}|${item.stops.length}`; }

    put(item) {
      const many = Boolean(item.groups);
      const icon = make("div", many ? "stop cluster" : look(item.stops));
      icon.append(make("span", "badge", many ? `${item.stops.length}` : numbers(item.stops)));
      if (!many) icon.append(make("span", "name", item.stops[0].name));
      const label = many ? `${item.stops.length} stops, from ${item.stops[0].order}. ${item.stops[0].name}`
        : item.stops.slice(0, 20).map(I.popups.stopLabel).join("; ");
      const marker = L.marker(item.at, {icon: L.divIcon({html: icon, className: "stop-icon", iconSize: [BADGE, BADGE]}), title: label,
        riseOnHover: true, zIndexOffset: FRONT - 5 * item.stops[0].order, bubblingMouseEvents: false});
      item.icon = icon; marker.item = item;
      marker.on("add", () => name(marker.getElement(), label));
      if (many && this.map.getZoom() < this.map.getMaxZoom()) this.opening(marker, item);
      else this.popup(marker, item);
      return marker.addTo(this.layer);
    }

    popup(marker, item) {
      marker.bindPopup(() => I.popups.stopsPopup(item.stops, this.view),
        {maxWidth: 300, minWidth: 190, maxHeight: 320, offset: [0, -8], autoPanPadding: [12, 12]});
      marker.on("popupopen", () => this.view.opened(item));
      marker.on("popupclose", () => this.view.closed(item));
    }

    // A cluster opens by pointer and by keyboard into its stops.
    opening(marker, item) {
      marker.on("click", () => this.into(item));
      marker.on("keypress", (event) => { if (event.originalEvent.key === "Enter") this.into(item); });
    }

    into(item) {
      const bounds = L.latLngBounds(item.groups.map((group) => group.at));
      this.map.fitBounds(bounds.pad(0.2), {maxZoom: this.map.getMaxZoom(), animate: !I.words.calm()});
    }

    find(order) {
      return [...this.markers.values()].find((marker) => marker.item.stops.some((stop) => stop.order === order));
    }

    group(order) { return this.all.find((group) => group.every.some((stop) => stop.order === order)); }

    mark(order) {
      for (const marker of this.markers.values()) {
        const element = marker.getElement();
        if (element) element.classList.toggle("now", marker.item.stops.some((stop) => stop.order === order));
      }
    }
  };

  function name(element, label) {
    element.setAttribute("role", "button");
    element.setAttribute("aria-label", label);
  }
})(window.Itinerary = window.Itinerary || {});
