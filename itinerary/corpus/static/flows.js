// Flows as bent lines, wider where more legs go; each direction bends to its own side, thin at its start. What is drawn is chosen
// anew for every view: the grain by the zoom, then the strongest flows with an end in sight.
(function (I) {
  "use strict";
  const GRAIN_ZOOMS = [0, 4.5, 7]; // countries, regions, places
  const MOST = 500; // lines at once: more can't be told apart, and take longer to draw than a blink
  const ROOMY = 120; // lines that have room for their full width
  const WIDEST = 9, BEND = 0.16; // pixels; share of the length
  const NAMES = 24; // nodes with their name

  const map = I.plainMap("map"), grains = window.itineraryData.map(unpacked);
  const shown = document.getElementById("shown");
  let lines = []; // what is drawn, for the pointer: {flow, points}

  // Points in units of the whole world, once for all views.
  function unpacked(grain) {
    const count = grain.names.length, x = new Float64Array(count), y = new Float64Array(count), weight = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      const p = L.CRS.EPSG3857.latLngToPoint(L.latLng(grain.points[2 * i], grain.points[2 * i + 1]), 0);
      x[i] = p.x / 256; y[i] = p.y / 256;
    }
    const flows = Int32Array.from(grain.flows);
    for (let i = 0; i < flows.length; i += 3) { weight[flows[i]] += flows[i + 2]; weight[flows[i + 1]] += flows[i + 2]; }
    return {...grain, x, y, weight, flows};
  }

  function grainAt(zoom) { return grains[GRAIN_ZOOMS.filter((least) => zoom >= least).length - 1]; }

  function view(size) {
    const world = 256 * Math.pow(2, map.getZoom()), corner = map.getPixelOrigin().add(map.containerPointToLayerPoint([0, 0]));
    return {world, left: corner.x / world, top: corner.y / world, wide: size.x / world, high: size.y / world};
  }

  // The strongest flows with an end in sight; they are sorted, so the first found are the strongest.
  function chosen(grain, v) {
    const found = [], turn = (x) => x - Math.floor(x - v.left); // the copy of a point that is right of the left edge
    const sees = (i) => turn(grain.x[i]) <= v.left + v.wide && grain.y[i] >= v.top && grain.y[i] <= v.top + v.high;
    for (let i = 0; i < grain.flows.length && found.length < MOST; i += 3) {
      const a = grain.flows[i], b = grain.flows[i + 1];
      if (sees(a) || sees(b)) found.push({a, b, legs: grain.flows[i + 2], from: sees(a)});
    }
    return found;
  }

  // The line in pixels: from the end in sight the short way round the world.
  function placed(grain, flow, v) {
    const near = flow.from ? flow.a : flow.b, far = flow.from ? flow.b : flow.a;
    const x = grain.x[near] - Math.floor(grain.x[near] - v.left);
    const other = x + (grain.x[far] - x - Math.round(grain.x[far] - x));
    const [ax, bx] = flow.from ? [x, other] : [other, x];
    const p = [ax, grain.y[flow.a], bx, grain.y[flow.b]].map((value, i) => (value - (i % 2 ? v.top : v.left)) * v.world);
    const mx = (p[0] + p[2]) / 2 - (p[3] - p[1]) * BEND, my = (p[1] + p[3]) / 2 + (p[2] - p[0]) * BEND;
    return [p[0], p[1], mx, my, p[2], p[3]];
  }

  // A flow as a wedge: a point at its start, as wide as it counts at its end.
  function wedge(context, [ax, ay, mx, my, bx, by], width) {
    const length = Math.hypot(bx - mx, by - my) || 1, nx = -(by - my) / length * width / 2, ny = (bx - mx) / length * width / 2;
    context.beginPath();
    context.moveTo(ax, ay);
    context.quadraticCurveTo(mx + nx / 2, my + ny / 2, bx + nx, by + ny);
    context.lineTo(bx - nx, by - ny);
    context.quadraticCurveTo(mx - nx / 2, my - ny / 2, ax, ay);
    context.fill();
  }

  function paint(context, size) {
    const began = performance.now(), grain = grainAt(map.getZoom()), v = view(size), flows = chosen(grain, v);
    const most = flows.length ? flows[0].legs : 1, widest = WIDEST * Math.min(1, Math.sqrt(ROOMY / flows.length));
    context.fillStyle = I.colour(map, "accent");
    lines = flows.map((flow) => ({flow, grain, points: placed(grain, flow, v)}));
    for (const {flow, points} of [...lines].reverse()) {
      context.globalAlpha = 0.25 + 0.5 * Math.sqrt(flow.legs / most);
      wedge(context, points, 1 + widest * Math.sqrt(flow.legs / most));
    }
    context.globalAlpha = 1;
    nodes(context, grain, v, size);
    const legs = flows.reduce((sum, flow) => sum + flow.legs, 0);
    const all = flows.length < MOST ? "" : `, the ${MOST.toLocaleString("en")} strongest`;
    const what = {country: "countries", region: "regions", place: "places"}[grain.grain];
    shown.textContent = `Shown: ${flows.length.toLocaleString("en")} flows between ${what}${all}; ${legs.toLocaleString("en")} legs.`;
    window.itineraryPainted = performance.now() - began; // ms, for measuring
  }

  function nodes(context, grain, v, size) {
    const used = [...new Set(lines.flatMap(({flow}) => [flow.a, flow.b]))].sort((a, b) => grain.weight[b] - grain.weight[a]);
    const taken = [];
    context.font = `600 12px ${I.labels.FONT}`; context.textBaseline = "middle"; context.lineWidth = 3;
    for (const i of used) {
      const x = (grain.x[i] - Math.floor(grain.x[i] - v.left) - v.left) * v.world, y = (grain.y[i] - v.top) * v.world;
      if (x > size.x || y < 0 || y > size.y) continue;
      context.beginPath(); context.arc(x, y, 3, 0, 7);
      context.fillStyle = I.colour(map, "accent"); context.fill();
      const box = {x: x + 5, y: y - 8, width: context.measureText(grain.names[i]).width + 6, height: 16};
      if (taken.length >= NAMES || I.labels.touches(box, taken, 4)) continue;
      taken.push(box);
      context.strokeStyle = I.colour(map, "land"); context.strokeText(grain.names[i], x + 7, y);
      context.fillStyle = I.colour(map, "ink"); context.fillText(grain.names[i], x + 7, y);
    }
  }

  // The flow under the pointer: the nearest of what is drawn.
  function under(point) {
    let best = null, least = 8;
    for (const line of lines) {
      const [ax, ay, mx, my, bx, by] = line.points;
      for (let t = 0; t <= 1; t += 0.04) {
        const u = 1 - t, x = u * u * ax + 2 * u * t * mx + t * t * bx, y = u * u * ay + 2 * u * t * my + t * t * by;
        const distance = Math.abs(x - point.x) + Math.abs(y - point.y);
        if (distance < least) { least = distance; best = line; }
      }
    }
    return best;
  }

  const tip = L.tooltip({direction: "top", offset: [0, -6]});
  let waiting = false;
  map.on("mousemove", (event) => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      const line = under(event.containerPoint);
      if (!line) { tip.remove(); return; }
      const text = document.createElement("span"), {grain, flow} = line;
      text.textContent = `${grain.names[flow.a]} → ${grain.names[flow.b]}: ${flow.legs.toLocaleString("en")}`;
      tip.setContent(text).setLatLng(event.latlng).addTo(map);
    });
  });

  window.itineraryFlows = new I.Painted(paint).addTo(map);
  window.itineraryMap = map;
})(window.Itinerary);
