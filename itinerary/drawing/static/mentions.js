// The quiet layer of places that the text only names, and the marker that stays with a place asked for or thought of.
(function (I) {
  "use strict";
  const {make} = I.words;
  const NEAR_ZOOM = 4; // a place asked for is shown at this zoom at least

  I.Mentions = class {
    constructor(map, view) {
      this.map = map; this.view = view;
      this.layer = L.layerGroup();
    }

    set(scene) {
      this.layer.clearLayers();
      this.all = scene.mentions;
      for (const mention of scene.mentions) this.layer.addLayer(this.marker(mention));
      this.select(null);
    }

    marker(mention) {
      const marker = L.circleMarker(mention.at, {radius: 5, className: "mention", weight: 1.5, fillOpacity: 0.6, bubblingMouseEvents: false});
      marker.bindPopup(() => I.popups.mentionPopup(mention), {maxWidth: 280});
      marker.on("popupopen", () => this.map.fire("itinerary:mention", {index: mention.indices[0], indices: mention.indices}));
      return marker.bindTooltip(() => make("span", "", mention.name));
    }

    // Show one place even while the layer is off; the index is that of the mention in the itinerary.
    select(index) {
      if (this.one) { this.one.remove(); this.one = null; }
      const mention = index === null ? null : this.all.find((one) => one.indices.includes(index));
      if (!mention) return null;
      this.one = L.circleMarker(mention.at, {radius: 9, className: "mention chosen", weight: 2.5, fillOpacity: 0.5, bubblingMouseEvents: false});
      this.one.bindPopup(() => I.popups.mentionPopup(mention), {maxWidth: 280}).addTo(this.map);
      this.one.bindTooltip(() => make("span", "name-tip", mention.name), {permanent: true, direction: "top", offset: [0, -8]});
      return mention;
    }
  };

  // A ghost marker for a place that a stop might be; the view before comes back when it goes, unless the reader moved the map.
  I.Ghost = class {
    constructor(map, view) { this.map = map; this.view = view; }

    show(place) {
      if (this.marker) { this.marker.remove(); this.marker = null; }
      if (!place) { this.back(); return; }
      const at = this.view.near(place.at), icon = make("div", "ghost");
      icon.append(make("span", "badge", "?"), make("span", "name", [place.name, place.note].filter(Boolean).join(" · ")));
      this.marker = L.marker(at, {icon: L.divIcon({html: icon, className: "stop-icon ghost-icon", iconSize: [24, 24]}),
        interactive: false, keyboard: false, zIndexOffset: 20000}).addTo(this.map);
      if (this.map.getBounds().pad(-0.08).contains(at)) return;
      this.before = this.before || {centre: this.map.getCenter(), zoom: this.map.getZoom(), moves: this.view.moves};
      this.map.setView(at, Math.max(NEAR_ZOOM, this.map.getZoom()), {animate: !I.words.calm()});
    }

    back() {
      const {before} = this;
      this.before = null;
      if (before && before.moves === this.view.moves) this.map.setView(before.centre, before.zoom, {animate: !I.words.calm()});
    }
  };
  I.NEAR_ZOOM = NEAR_ZOOM;
})(window.Itinerary = window.Itinerary || {});
