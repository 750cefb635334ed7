// A small map in the corner that tells where in the world a close view lies: land, borders, countries and the nearest great town.
(function (I) {
  "use strict";
  const {make} = I.words;
  const FROM_ZOOM = 7.5; // closer than this a map may show nothing but names of suburbs
  const ZOOM = 3.25, NAMES_ZOOM = 4.5; // of the small map, and of the names of countries that it may show
  const WIDTH = 150, HEIGHT = 106; // pixels, as in map.css
  const ROOM = 14; // pixels around it that a stop needs
  const NEAR = 0.7; // degrees around the middle in which the largest town is named

  I.Locator = class {
    constructor(map, view) {
      this.map = map; this.view = view;
      this.box = make("div", "locator");
      this.box.setAttribute("role", "img");
      this.canvas = make("canvas", "");
      this.box.append(this.canvas);
      const control = L.control({position: "bottomright"});
      control.onAdd = () => this.box;
      control.addTo(map);
    }

    draw() {
      const close = this.map.getZoom() >= FROM_ZOOM;
      this.box.hidden = !close;
      if (!close) return;
      const density = Math.min(2, window.devicePixelRatio || 1), context = this.canvas.getContext("2d");
      this.canvas.width = WIDTH * density; this.canvas.height = HEIGHT * density;
      context.scale(density, density);
      const middle = this.map.getCenter(), p = L.CRS.EPSG3857.latLngToPoint(middle, ZOOM);
      const sight = {world: 256 * Math.pow(2, ZOOM), x: p.x - WIDTH / 2, y: p.y - HEIGHT / 2, width: WIDTH, height: HEIGHT};
      const colour = (name) => I.words.colour(this.map.getContainer(), name);
      this.view.base.land(context, sight, colour);
      const taken = [this.spot(context, this.town(middle.wrap()), colour)];
      I.labels.countries(context, sight, NAMES_ZOOM, taken, colour);
    }

    get height() { return this.box.offsetHeight + this.map.attributionControl.getContainer().offsetHeight + 10; }

    // Whether it lies over one of the stops.
    hides(stops) {
      if (this.map.getZoom() < FROM_ZOOM) return false;
      const box = this.box.getBoundingClientRect(), map = this.map.getContainer().getBoundingClientRect();
      return stops.map((stop) => this.map.latLngToContainerPoint(stop.at)).some((p) => p.x + map.left > box.left - ROOM &&
        p.x + map.left < box.right + ROOM && p.y + map.top > box.top - ROOM && p.y + map.top < box.bottom + ROOM);
    }

    town(at) {
      const found = this.view.towns.find(([, lat, lon]) => Math.abs(lat - at.lat) < NEAR && Math.abs((lon - at.lng + 540) % 360 - 180) < NEAR);
      return found ? found[0] : "";
    }

    // The dot in the middle with the name of the town; where they lie.
    spot(context, name, colour) {
      const x = WIDTH / 2, y = HEIGHT / 2;
      this.box.setAttribute("aria-label", name ? `Where this is: near ${name}` : "Where this is");
      context.beginPath(); context.arc(x, y, 4, 0, 7);
      context.fillStyle = colour("accent"); context.fill();
      context.strokeStyle = colour("paper"); context.lineWidth = 1.5; context.stroke();
      context.font = `600 11px ${I.labels.FONT}`; context.textAlign = "center"; context.textBaseline = "middle";
      context.strokeStyle = colour("land"); context.lineWidth = 3; context.strokeText(name, x, y + 13);
      context.fillStyle = colour("ink"); context.fillText(name, x, y + 13);
      const width = context.measureText(name).width;
      return {x: x - width / 2, y: y - 6, width, height: 26};
    }
  };
})(window.Itinerary = window.Itinerary || {});
