// What the maps of many journeys share: the base map, and a layer that is one canvas, painted anew when the view changes.
(function (I) {
  "use strict";

  I.plainMap = function (id) {
    const node = document.getElementById(id);
    if (matchMedia("(prefers-color-scheme: dark)").matches) node.classList.add("dark");
    const map = L.map(node, {zoomSnap: 0.5, minZoom: 1, maxZoom: 12, attributionControl: false, worldCopyJump: true});
    map.setView([25, 10], 2);
    new I.BaseMap({}).addTo(map);
    return map;
  };

  // `paint(context, project, size)` draws on a canvas over the map; `project(lat, lon)` gives pixels of it.
  I.Painted = L.Layer.extend({
    initialize(paint) { this._paint = paint; },

    onAdd(map) {
      this._canvas = L.DomUtil.create("canvas", "lines leaflet-zoom-hide", map.getPane("overlayPane"));
      this._canvas.setAttribute("aria-hidden", "true");
      map.on("moveend zoomend resize", this.repaint, this);
      this.repaint();
    },

    onRemove(map) { map.off("moveend zoomend resize", this.repaint, this); this._canvas.remove(); },

    repaint() {
      const map = this._map, size = map.getSize(), canvas = this._canvas, density = Math.min(2, window.devicePixelRatio || 1);
      L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0]));
      canvas.width = density * size.x; canvas.height = density * size.y;
      canvas.style.width = `${size.x}px`; canvas.style.height = `${size.y}px`;
      const context = canvas.getContext("2d");
      context.scale(density, density);
      this._paint(context, size);
    },
  });

  I.colour = (map, name) => getComputedStyle(map.getContainer()).getPropertyValue(`--map-${name}`).trim();
})(window.Itinerary = window.Itinerary || {});
