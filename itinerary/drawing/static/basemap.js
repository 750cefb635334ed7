// The base map as a Leaflet renderer of its own: land, lakes, rivers and borders drawn on one canvas, sharp at any zoom, and
// repeated beyond the antimeridian. The data comes as polylines of grid coordinates packed into letters (data/build_basemap.py).
(function (I) {
  "use strict";
  const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const VALUE = Object.fromEntries([...LETTERS].map((letter, value) => [letter, value]));
  const RIVER_ZOOMS = [3, 8.5]; // rivers and lakes are too many below, too coarse above
  const COAST_ZOOM = 5; // fine coasts show from this zoom on
  const LONG = 200; // pixels: a longer piece of a line is meant to be straight
  const WORLD_OF_PARTS = 4096; // pixels of the whole world: a smaller one is drawn with fewer points
  const FOOT = 4; // far below the map, in worlds

  function mercatorX(lon) { return lon / 360 + 0.5; }
  function mercatorY(lat) {
    const sin = Math.sin(Math.max(-85.06, Math.min(85.06, lat)) * Math.PI / 180);
    return 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI);
  }

  // Letters to [x, y, x, y, …] in units of the whole world.
  function decode(packed, step) {
    const line = [];
    let at = 0, x = 0, y = 0;
    function number() {
      let value = 0, shift = 0, letter;
      do { letter = VALUE[packed[at++]]; value |= (letter & 31) << shift; shift += 5; } while (letter & 32);
      return value & 1 ? -((value + 1) >> 1) : value >> 1;
    }
    while (at < packed.length) {
      x += number(); y += number();
      line.push(mercatorX(x * step), mercatorY(y * step));
    }
    return line;
  }

  function shape(points) {
    let west = Infinity, east = -Infinity, north = Infinity, south = -Infinity;
    for (let i = 0; i < points.length; i += 2) {
      west = Math.min(west, points[i]); east = Math.max(east, points[i]);
      north = Math.min(north, points[i + 1]); south = Math.max(south, points[i + 1]);
    }
    return {points: Float64Array.from(points), west, east, north, south};
  }

  // A ring of shared arcs, each shifted by whole turns to go on where the last one ended.
  function ring(numbers, arcs) {
    const points = [];
    for (const number of numbers) {
      const arc = arcs[number < 0 ? ~number : number], count = arc.length / 2;
      for (let i = points.length ? 1 : 0; i < count; i++) {
        const j = 2 * (number < 0 ? count - 1 - i : i);
        const turn = points.length ? Math.round(points[points.length - 2] - arc[j]) : 0;
        points.push(arc[j] + turn, arc[j + 1]);
      }
    }
    const last = points.length - 2, turns = Math.round(points[last] - points[0]);
    if (!turns) return shape(points);
    const coast = shape(points); // Antarctica goes round the pole: its land reaches to the foot of the map, its coast does not
    return {...shape([...points, points[last], FOOT, points[0], FOOT]), coast};
  }

  function unpack(data) {
    const arcs = data.arcs.map((arc) => decode(arc, data.step));
    return {
      land: data.land.flatMap((polygon) => polygon.map((numbers) => ring(numbers, arcs))),
      lakes: data.lakes.map((lake) => shape(decode(lake, data.step))),
      rivers: data.rivers.map((river) => shape(decode(river, data.step))),
      borders: data.borders.map((number) => shape(arcs[number])),
      areas: Object.fromEntries(Object.entries(data.areas || {}).map(([code, rings]) => [code, rings.map((numbers) => ring(numbers, arcs))])),
    };
  }

  // A tile of fine coast: its frame and its land.
  function unpackTile(corner, coast) {
    const [west, south] = corner.split(",").map(Number), east = west + coast.tile, north = south + coast.tile;
    const frame = [west, south, east, south, east, north, west, north];
    return {
      frame: shape(frame.map((degrees, i) => (i % 2 ? mercatorY(degrees) : mercatorX(degrees)))),
      land: coast.tiles[corner].map((ring) => shape(decode(ring, coast.step))),
    };
  }

  let shapes = null; // unpacked once for all maps of the page

  I.BaseMap = L.Renderer.extend({
    options: {padding: 0.3, pane: "tilePane"},

    initialize(options) {
      L.Renderer.prototype.initialize.call(this, options);
      this._layers = {};
      shapes = shapes || unpack(window.itineraryBaseMap);
      this._areas = []; this._coasts = {};
    },

    // Take the fine coasts of a scene; the same ones are not unpacked again.
    take(scene) {
      const coast = scene.coast || {tiles: {}}, tiles = {};
      for (const key of Object.keys(coast.tiles)) tiles[key] = this._coasts[key] || unpackTile(key, coast);
      this._coasts = tiles;
    },

    knows(code) { return Boolean(code && shapes.areas[code]); },

    // Fill these countries with the colour of the route.
    highlight(codes) { this._areas = [...new Set(codes)]; },

    // Sea, land and borders alone, on another canvas.
    land(context, view, colour) {
      context.fillStyle = colour("sea"); context.fillRect(0, 0, view.width, view.height);
      this._fill(context, view, shapes.land, colour("land"), colour("coast"));
      this._fill(context, view, shapes.lakes, colour("water"), colour("coast"));
      this._stroke(context, view, shapes.borders, colour("border"), [2, 2], false);
    },

    _initContainer() {
      this._container = document.createElement("canvas");
      this._container.setAttribute("aria-hidden", "true");
    },

    _destroyContainer() { this._container.remove(); delete this._container; },
    _updatePaths() {},

    // Leaflet asks twice after a jump; what is drawn already stays.
    _update() {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      const state = [this._map.getZoom(), this._bounds.min, this._bounds.max, this._map.getPixelOrigin()].join();
      if (state === this._drawn) return;
      this._drawn = state;
      const canvas = this._container, size = this._bounds.getSize(), density = Math.min(2, window.devicePixelRatio || 1);
      L.DomUtil.setPosition(canvas, this._bounds.min);
      canvas.width = density * size.x; canvas.height = density * size.y;
      canvas.style.width = size.x + "px"; canvas.style.height = size.y + "px";
      const context = canvas.getContext("2d");
      context.scale(density, density);
      this._draw(context, size);
    },

    redraw() { this._drawn = null; if (this._map) this._update(); },

    // Inside each tile of fine coast, sea and then its own land in place of the coarse one.
    _coast(context, view, colour) {
      for (const tile of Object.values(this._coasts)) {
        context.save();
        context.beginPath();
        frame(context, view, tile.frame);
        context.clip();
        context.fillStyle = colour("sea"); context.fill();
        this._fill(context, view, tile.land, colour("land"), colour("coast"), view.world > 1e5);
        context.restore();
      }
    },

    _draw(context, size) {
      const world = 256 * Math.pow(2, this._map.getZoom());
      const corner = this._map.getPixelOrigin().add(this._bounds.min);
      const view = {world, x: corner.x, y: corner.y, width: size.x, height: size.y};
      const style = getComputedStyle(this._map.getContainer());
      const colour = (name) => style.getPropertyValue("--map-" + name).trim();
      context.lineJoin = "round";
      this._fill(context, view, shapes.land, colour("land"), colour("coast"));
      const zoom = this._map.getZoom();
      if (zoom >= COAST_ZOOM) this._coast(context, view, colour);
      if (zoom >= RIVER_ZOOMS[0] && zoom <= RIVER_ZOOMS[1]) this._stroke(context, view, shapes.rivers, colour("river"), [], true);
      if (zoom <= RIVER_ZOOMS[1]) this._fill(context, view, shapes.lakes, colour("water"), colour("coast"), true);
      this._stroke(context, view, shapes.borders, colour("border"), [3, 2], false);
      for (const code of this._areas) this._area(context, view, shapes.areas[code], colour("accent"));
      I.labels.draw(context, view, this._map, colour);
    },

    _fill(context, view, all, colour, line, smooth) {
      const outline = new Path2D(), around = new Path2D(), coasts = new Path2D(); // the pole's land ends outside the map, its coast not
      for (const one of all) {
        trace(one.coast ? around : outline, view, one, true, smooth);
        if (one.coast) trace(coasts, view, one.coast, false, smooth);
      }
      const whole = new Path2D(outline);
      whole.addPath(around);
      context.fillStyle = colour; context.fill(whole, "evenodd");
      context.setLineDash([]); context.strokeStyle = line; context.lineWidth = 0.8;
      context.stroke(outline); context.stroke(coasts);
    },

    _area(context, view, all, colour) {
      context.beginPath();
      for (const one of all) trace(context, view, one, true, false);
      context.globalAlpha = 0.16; context.fillStyle = colour; context.fill("evenodd");
      context.globalAlpha = 0.6; context.setLineDash([2, 4]); context.strokeStyle = colour; context.lineWidth = 1.2; context.stroke();
      context.setLineDash([]); context.globalAlpha = 1;
    },

    _stroke(context, view, all, colour, dash, smooth) {
      context.beginPath();
      for (const one of all) trace(context, view, one, false, smooth);
      context.setLineDash(dash); context.strokeStyle = colour; context.lineWidth = 0.9; context.stroke();
      context.setLineDash([]);
    },
  });

  // Add a shape to the path, once for each turn of the world in which it meets the view.
  function trace(context, view, one, closed, smooth) {
    const left = view.x / view.world, right = (view.x + view.width) / view.world;
    const top = view.y / view.world, bottom = (view.y + view.height) / view.world;
    if (one.south < top || one.north > bottom) return;
    if (Math.max(one.east - one.west, one.south - one.north) * view.world < 0.6) return;
    for (let turn = Math.ceil(left - one.east); one.west + turn <= right; turn++) {
      path(context, view, one.points, turn, closed, smooth);
    }
  }

  // The frame of a tile on whole pixels, so that no seam shows between neighbours.
  function frame(context, view, one) {
    const edge = (value, start) => Math.round(value * view.world - start);
    for (let turn = Math.ceil(view.x / view.world - one.east); one.west + turn <= (view.x + view.width) / view.world; turn++) {
      const left = edge(one.west + turn, view.x), top = edge(one.north, view.y);
      context.rect(left, top, edge(one.east + turn, view.x) - left, edge(one.south, view.y) - top);
    }
  }

  function path(context, view, points, turn, closed, smooth) {
    const {world, x, y} = view, least = world < WORLD_OF_PARTS ? 1.1 : 0.7; // pixels between points that are worth drawing
    let px = (points[0] + turn) * world - x, py = points[1] * world - y;
    context.moveTo(px, py);
    for (let i = 2; i < points.length; i += 2) {
      const qx = (points[i] + turn) * world - x, qy = points[i + 1] * world - y, end = i === points.length - 2;
      if (!end && Math.abs(qx - px) < least && Math.abs(qy - py) < least) continue;
      if (smooth && !end && Math.abs(qx - px) + Math.abs(qy - py) < LONG) {
        context.quadraticCurveTo(px, py, (px + qx) / 2, (py + qy) / 2);
      } else {
        if (smooth) context.lineTo(px, py);
        context.lineTo(qx, qy);
      }
      px = qx; py = qy;
    }
    if (closed) context.closePath();
  }
})(window.Itinerary = window.Itinerary || {});
