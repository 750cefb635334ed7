// The list of journeys and their map: all of them faintly, the chosen one with its stops.
(function (I) {
  "use strict";
  const LISTED = 200; // at once: the search finds the others
  const map = I.plainMap("map"), journeys = window.itineraryData, list = document.getElementById("journeys");
  const find = document.getElementById("find"), shown = document.getElementById("shown");
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const words = journeys.map((one) => plain([one.title, one.about, one.document, ...one.names].join(" ")));
  let found = journeys, chosen = null;

  // Longitudes that run on past ±180, so that no line goes the long way round.
  for (const one of journeys) {
    one.line = [];
    for (let i = 0; i < one.points.length; i += 2) {
      const before = one.line.at(-1), turn = before ? Math.round((before[1] - one.points[i + 1]) / 360) : 0;
      one.line.push([one.points[i], one.points[i + 1] + 360 * turn]);
    }
  }

  function draw(context, one, project) {
    context.beginPath();
    one.line.forEach((at, i) => { const p = project(at); if (i) context.lineTo(p.x, p.y); else context.moveTo(p.x, p.y); });
    context.stroke();
  }

  function paint(context) {
    const project = (at) => map.latLngToContainerPoint(at);
    context.strokeStyle = I.colour(map, "accent"); context.lineJoin = "round";
    context.globalAlpha = chosen ? 0.06 : Math.max(0.08, Math.min(0.5, 30 / found.length)); context.lineWidth = 1.2;
    for (const one of found) draw(context, one, project);
    context.globalAlpha = 1;
    if (!chosen) return;
    context.lineWidth = 3;
    draw(context, chosen, project);
    context.font = `600 12px ${I.labels.FONT}`; context.textBaseline = "middle"; context.textAlign = "left"; context.lineWidth = 3;
    const taken = [];
    chosen.line.forEach((at, i) => {
      const p = project(at);
      context.beginPath(); context.arc(p.x, p.y, 4.5, 0, 7); context.fillStyle = I.colour(map, "accent"); context.fill();
      const text = `${i + 1} ${chosen.names[i]}`, box = {x: p.x + 6, y: p.y - 8, width: context.measureText(text).width + 6, height: 16};
      if (I.labels.touches(box, taken, 2)) return;
      taken.push(box);
      context.strokeStyle = I.colour(map, "land"); context.strokeText(text, p.x + 8, p.y);
      context.fillStyle = I.colour(map, "ink"); context.fillText(text, p.x + 8, p.y);
    });
  }

  const layer = new I.Painted(paint).addTo(map);

  function choose(one) {
    chosen = chosen === one ? null : one;
    for (const button of list.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.journey === chosen));
    if (chosen) map.fitBounds(L.latLngBounds(chosen.line), {padding: [60, 60], maxZoom: 8, animate: false});
    layer.repaint();
  }

  function item(one) {
    const li = document.createElement("li"), button = document.createElement("button"), about = document.createElement("small");
    button.type = "button"; button.journey = one; button.textContent = one.title; button.dir = "auto";
    about.textContent = `${one.about} · ${one.names.length} stops`;
    button.append(about); button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", () => choose(one));
    li.append(button);
    return li;
  }

  function search() {
    const wanted = plain(find.value).split(/\s+/).filter(Boolean);
    found = journeys.filter((_, i) => wanted.every((word) => words[i].includes(word)));
    chosen = null;
    list.replaceChildren(...found.slice(0, LISTED).map(item));
    const more = found.length > LISTED ? `, the first ${LISTED} are listed` : "";
    shown.textContent = `${found.length.toLocaleString("en")} found${more}.`;
    layer.repaint();
  }

  find.addEventListener("input", search);
  search();
  window.itineraryMap = map;
})(window.Itinerary);
