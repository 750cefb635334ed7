// What is chosen, and the corrections that take one click. All others open the panel of the dashboard.
(function () {
  "use strict";
  const {make, button, filled} = window.build;
  const STATUSES = ["visited", "passed", "planned", "none"];

  function Card(box, words, act) {
    let shown = "";

    function statuses(status, change) {
      const choice = (one) => button(words[`status_${one}`], () => { if (one !== status) change(one); },
        {class: "status", "aria-pressed": one === status ? "true" : "false", "data-status": one});
      return make("div", {class: "statuses", role: "group", "aria-label": words.status}, ...STATUSES.map(choice));
    }

    function more(label, target) {
      return button(label, () => act.open(target), {class: "more"});
    }

    function stopCard(stop) {
      const target = {order: stop.order};
      return [
        make("p", {class: "head"}, make("span", {class: `number ${stop.status}`, "aria-hidden": "true"}, String(stop.order)),
          make("strong", {dir: "auto"}, stop.name), " ", make("small", {dir: "auto"}, [stop.aside, stop.when].filter(Boolean).join(" · "))),
        make("div", {class: "acts"}, statuses(stop.status, (status) => act.status(target, status)), more(words.correct_stop, target)),
      ];
    }

    function nameCard(name) {
      const target = {mention: name.index};
      return [
        make("p", {class: "head"}, make("strong", {dir: "auto"}, name.name), " ", make("small", {dir: "auto"}, name.aside)),
        make("div", {class: "acts"}, statuses("none", (status) => act.status(target, status)), more(words.correct_name, target)),
      ];
    }

    function dateCard(date) {
      const target = {date: date.index};
      return [
        make("p", {class: "head"}, make("strong", {dir: "auto"}, date.name), " ", make("small", {}, date.aside)),
        date.open && make("div", {class: "acts"}, more(words.correct_date, target)),
      ];
    }

    this.show = function (one, args) {
      const text = JSON.stringify([one, args.stops.length]);
      if (text === shown) return;
      shown = text;
      const within = box.contains(document.activeElement) ? document.activeElement : null;
      const again = within && (within.dataset.status ? `[data-status="${within.dataset.status}"]` : `.${within.className}`);
      const parts = !one ? [make("p", {class: "quiet"}, args.stops.length ? words.hint : words.hint_empty)]
        : one.kind === "stop" ? stopCard(one) : one.kind === "name" ? nameCard(one) : dateCard(one);
      box.replaceChildren(...parts.filter(Boolean));
      const found = again && box.querySelector(again);
      if (found) found.focus({preventScroll: true});
    };
  }

  window.Card = Card;
})();
