// The way between stops: a line for each leg with an arrow, as far as the route has grown. Planned legs are dashed, doubtful ones
// dotted. Of a journey of very many legs the lines are drawn on a canvas.
(function (I) {
  "use strict";
  const {make, colour} = I.words;
  const MANY_LEGS = 300; // beyond this many, legs are drawn on a canvas and have no hidden wide line for the pointer
  const ARROW_AT = 0.42; // of the way: the arrows of there and back then stand apart
  const SHORTEST_ARROW = 46; // pixels of a leg that has room for an arrow
  const ARROW_ZOOM = 5; // from which the arrows of very many legs show
  const DASHES = {planned: "7 6", doubt: "0.5 6"};

  // A polyline that keeps parts of pixels: Leaflet's own rounds each point, which makes a smooth curve tremble.
  const Track = L.Polyline.extend({
    _projectLatlngs(line, rings, bounds) {
      if (!line.length) return;
      if (!(line[0] instanceof L.LatLng)) { line.forEach((part) => this._projectLatlngs(part, rings, bounds)); return; }
      const origin = this._map.getPixelOrigin();
      const points = line.map((at) => this._map.project(at).subtract(origin));
      points.forEach((point) => bounds.extend(point));
      rings.push(points);
    },
  });

  // The point of a line `share` of the way along in pixels, the direction there and the length; null for a leg too short.
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

  // The first `share` of the lines of a leg, by degrees along them.
  function part(lines, share) {
    const step = (a, b) => Math.hypot(b[0] - a[0], (b[1] - a[1]) * Math.cos(a[0] * Math.PI / 180));
    const length = (line) => line.slice(1).reduce((sum, at, i) => sum + step(line[i], at), 0);
    let rest = share * lines.reduce((sum, line) => sum + length(line), 0);
    const out = [];
    for (const line of lines) {
      const piece = [line[0]];
      for (let i = 1; i < line.length && rest > 0; i++) {
        const size = step(line[i - 1], line[i]), share = size > rest ? rest / size : 1, a = line[i - 1], b = line[i];
        piece.push([a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])]);
        rest -= size;
      }
      out.push(piece);
      if (rest <= 0) break;
    }
    return out;
  }

  function arrowIcon(angle, planned) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", "M-5,-5.5 L6.5,0 L-5,5.5 L-2.4,0 Z");
    svg.setAttribute("viewBox", "-8 -8 16 16");
    svg.setAttribute("class", planned ? "arrow planned" : "arrow");
    svg.setAttribute("aria-hidden", "true");
    svg.style.transform = `rotate(${angle}rad)`;
    svg.append(path);
    const box = make("div", "");
    box.append(svg);
    return L.divIcon({html: box, className: "arrow-icon", iconSize: [16, 16]});
  }

  const kind = (leg) => (leg.status === "planned" ? "planned" : leg.warnings.length ? "doubt" : leg.status);

  I.Legs = class {
    constructor(map, view) {
      this.map = map; this.view = view;
      this.layer = L.layerGroup().addTo(map);
      this.arrows = L.layerGroup().addTo(map);
      this.renderers = {canvas: L.canvas({padding: 0.3}), svg: L.svg({padding: 0.3})};
    }

    set(scene) {
      this.layer.clearLayers();
      this.scene = scene; this.many = scene.legs.length > MANY_LEGS; this.whole = 0; this.head = null;
      this.lines = scene.legs.map((leg) => this.line(leg));
      this.until(Infinity);
    }

    // The layers of one leg, made but not yet put on the map.
    line(leg) {
      const renderer = this.many ? this.renderers.canvas : this.renderers.svg;
      const shown = this.track(leg.lines, leg);
      const target = this.many ? shown : L.polyline(leg.lines, {renderer, weight: 14, opacity: 0, className: "leg-target",
        bubblingMouseEvents: false});
      target.bindTooltip(() => I.popups.legText(leg, this.view), {sticky: true, className: "leg-tip"});
      target.on("click", () => this.map.fire("itinerary:leg", {from: leg.from, to: leg.to}));
      return this.many ? [shown] : [shown, target];
    }

    track(lines, leg) {
      return new Track(lines, {renderer: this.many ? this.renderers.canvas : this.renderers.svg, className: `leg ${kind(leg)}`,
        color: colour(this.map.getContainer(), kind(leg) === "doubt" ? "warning" : "accent"), weight: this.many ? 1.4 : 2.6, opacity: 0.9,
        smoothFactor: 0.3, interactive: this.many, bubblingMouseEvents: false, dashArray: DASHES[kind(leg)] || null, lineCap: "round"});
    }

    // Legs up to this order of a stop, the last one in part: 2.5 is half way from the second stop to the third.
    until(order) {
      const whole = Math.max(0, Math.min(Math.floor(order) - 1, this.lines.length));
      for (let i = this.whole; i < whole; i++) this.lines[i].forEach((one) => this.layer.addLayer(one));
      for (let i = whole; i < this.whole; i++) this.lines[i].forEach((one) => this.layer.removeLayer(one));
      const changed = this.whole !== whole, share = order - 1 - whole;
      this.whole = whole;
      this.grow(whole < this.lines.length && share > 0 ? this.scene.legs[whole] : null, share);
      return changed;
    }

    grow(leg, share) {
      if (this.head && this.head.leg !== leg) { this.layer.removeLayer(this.head.line); this.head = null; }
      if (!leg) return;
      const lines = part(leg.lines, share);
      if (this.head) this.head.line.setLatLngs(lines);
      else this.head = {leg, line: this.track(lines, leg).addTo(this.layer)};
    }

    shown() { return this.scene.legs.slice(0, this.whole); }

    arrange() {
      this.arrows.clearLayers();
      if (this.many && this.map.getZoom() < ARROW_ZOOM) return;
      const view = this.map.getBounds().pad(0.2);
      for (const leg of this.shown()) {
        const place = along(this.map, longest(leg.lines), ARROW_AT);
        if (place && view.contains(place.at)) {
          this.arrows.addLayer(L.marker(place.at, {icon: arrowIcon(place.angle, leg.status === "planned"), interactive: false,
            keyboard: false, zIndexOffset: -10000}));
        }
      }
    }

    recolour() {
      for (const [i, leg] of this.scene.legs.entries()) {
        const name = kind(leg) === "doubt" ? "warning" : "accent";
        this.lines[i][0].setStyle({color: colour(this.map.getContainer(), name)});
      }
    }
  };
})(window.Itinerary = window.Itinerary || {});
