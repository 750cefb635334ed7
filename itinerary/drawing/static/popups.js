// What a click on the map tells: of a stop with the way to the next and the one before, of a leg, of a place only mentioned.
(function (I) {
  "use strict";
  const {make, button, distance, joined, by, STATUS} = I.words;
  const MANY = 40; // stops told in one popup; a longer list ends with their number

  function doubts(stop) {
    return [stop.doubt && "the text is not clear about this stop", stop.open && "the text leaves its order open"];
  }

  function stopText(stop, view) {
    const box = make("div", "stop-text");
    box.append(make("strong", "", `${stop.order}. ${stop.name}`));
    box.append(make("div", "quiet", joined([stop.country, stop.told && `“${stop.told}”`, stop.when])));
    box.append(make("div", "quiet", joined([stop.status !== "visited" && STATUS[stop.status],
      stop.km !== null && `${distance(stop.km, view.units)} from the stop before`])));
    for (const doubt of doubts(stop).filter(Boolean)) box.append(make("div", "warning", doubt));
    if (stop.text) box.append(make("blockquote", "", stop.text));
    box.append(make("div", "quiet small", stop.byHand ? "put in by hand" : `certainty ${Math.round(stop.score * 100)} %`));
    return box;
  }

  // Previous and next, each with the name of the stop it leads to.
  function steps(order, view) {
    const row = make("div", "steps"), stops = view.scene.stops;
    const step = (to, word, sign) => {
      const stop = stops[to - 1];
      const one = button(sign, stop ? `${word} stop: ${stop.order}. ${stop.name}` : `No ${word.toLowerCase()} stop`,
        () => view.walk(to, word === "Next" ? "next" : "previous"));
      one.disabled = !stop;
      one.className = word === "Next" ? "next" : "previous";
      return one;
    };
    row.append(step(order - 1, "Previous", "‹"), make("span", "quiet small", `stop ${order} of ${stops.length}`),
      step(order + 1, "Next", "›"));
    return row;
  }

  function stopsPopup(stops, view) {
    const box = make("div", "popup"), told = stops.slice(0, MANY);
    const current = stops.find((stop) => stop.order === view.selected) || stops[0];
    for (const stop of told) {
      const text = stopText(stop, view);
      text.classList.toggle("now", stops.length > 1 && stop === current);
      box.append(text);
    }
    if (stops.length > told.length) box.append(make("div", "quiet", `and ${stops.length - told.length} more here`));
    if (view.scene.stops.length > 1) box.append(steps(current.order, view));
    return box;
  }

  function legText(leg, view) {
    const box = make("div", "leg-text"), stops = view.scene.stops;
    box.append(make("strong", "", `${stops[leg.from - 1].name} → ${stops[leg.to - 1].name}`));
    const days = leg.days === null ? "" : leg.days === 1 ? "1 day" : `${leg.days} days`;
    box.append(make("div", "quiet", joined([distance(leg.km, view.units), days, by(leg.mode), leg.status === "planned" && "planned"])));
    for (const warning of leg.warnings) box.append(make("div", "warning", warning));
    return box;
  }

  function mentionPopup(mention) {
    const box = make("div", "popup"), text = make("div", "stop-text");
    text.append(make("strong", "", mention.name), make("div", "quiet", joined([mention.country, mention.why])),
      make("div", "quiet", mention.text));
    box.append(text);
    return box;
  }

  function stopLabel(stop) {
    return joined([`Stop ${stop.order}: ${stop.name}`, stop.country, stop.when, stop.status !== "visited" && STATUS[stop.status],
      ...doubts(stop)]);
  }

  I.popups = {stopsPopup, legText, mentionPopup, stopLabel};
})(window.Itinerary = window.Itinerary || {});
