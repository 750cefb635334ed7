// The stops in order, equal to the map: each row says all that the map shows of its stop. Rows are moved by their handle, by the
// buttons beside it or with Alt and the arrow keys.
(function () {
  "use strict";
  const {make, button, filled} = window.build;

  function Stops(list, words, act) {
    let shown = new Map(); // key of a stop -> {text: what the row was made of, row}

    function row(stop, count) {
      const move = (to) => act.move(stop, to);
      const number = make("span", {class: `number ${stop.status}`, "aria-hidden": "true"}, String(stop.order));
      const name = make("strong", {dir: "auto"}, stop.name);
      const head = button("", () => act.choose(stop), {class: "stop", "data-order": stop.order, "aria-label": null, title: null},
        number, make("span", {class: "what"}, make("span", {class: "hidden"}, `${stop.order}. `), name,
          make("small", {dir: "auto"}, stop.aside)));
      const told = make("div", {class: "told"}, stop.sentence && make("q", {dir: "auto"}, stop.sentence),
        ...stop.doubts.map((doubt) => make("span", {class: "doubt"}, doubt)));
      const tools = make("div", {class: "tools"},
        button(filled(words.earlier, stop), () => move(stop.order - 1), {disabled: stop.order === 1, class: "up"}, "↑"),
        button(filled(words.later, stop), () => move(stop.order + 1), {disabled: stop.order === count, class: "down"}, "↓"),
        make("span", {class: "handle", title: words.drag, "aria-hidden": "true"}, "⠿"));
      const item = make("li", {class: stop.status, "data-key": stop.key, "data-order": stop.order}, head,
        make("span", {class: stop.inferred ? "when quiet" : "when"}, stop.when), make("span", {class: "km"}, stop.km), make("span", {class: "total"}, stop.total),
        told, tools);
      item.addEventListener("keydown", (event) => {
        if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
          event.preventDefault();
          move(stop.order + (event.key === "ArrowUp" ? -1 : 1));
        }
      });
      tools.lastChild.addEventListener("pointerdown", (event) => drag(event, item, stop));
      return item;
    }

    // Follow the pointer, which the list holds because rows leave the page for a moment when they move; the row goes before the one
    // whose upper half it is let go over.
    function drag(event, item, stop) {
      event.preventDefault();
      list.setPointerCapture(event.pointerId);
      item.classList.add("dragged");
      const follow = (at) => {
        const over = [...list.children].find((other) => {
          const box = other.getBoundingClientRect();
          return other !== item && at.clientY >= box.top && at.clientY < box.bottom;
        });
        if (!over) return;
        const box = over.getBoundingClientRect();
        list.insertBefore(item, at.clientY < box.top + box.height / 2 ? over : over.nextSibling);
      };
      const end = () => {
        for (const [kind, listener] of [["pointermove", follow], ["pointerup", end], ["pointercancel", end]]) {
          list.removeEventListener(kind, listener);
        }
        item.classList.remove("dragged");
        const to = [...list.children].indexOf(item) + 1;
        if (to !== stop.order) act.move(stop, to);
      };
      list.addEventListener("pointermove", follow);
      list.addEventListener("pointerup", end);
      list.addEventListener("pointercancel", end);
    }

    this.show = function (stops) {
      const focus = list.contains(document.activeElement) ? document.activeElement : null;
      const key = focus && focus.closest("li").dataset.key, kind = focus && focus.className;
      const next = new Map();
      stops.forEach((stop, i) => {
        const text = JSON.stringify([stop, stops.length]), known = shown.get(stop.key);
        const item = known && known.text === text ? known.row : row(stop, stops.length);
        if (known && known.row !== item) known.row.remove();
        if (list.children[i] !== item) list.insertBefore(item, list.children[i] || null);
        next.set(stop.key, {text, row: item});
      });
      while (list.children.length > stops.length) list.lastChild.remove();
      shown = next;
      if (focus && shown.has(key)) refocus(shown.get(key).row, kind);
    };

    function refocus(item, kind) {
      const again = kind ? item.querySelector(`.${kind.split(" ")[0]}:not(:disabled)`) : null;
      (again || item.querySelector("button")).focus({preventScroll: true});
    }

    this.select = function (order) {
      for (const item of list.children) {
        const now = Number(item.dataset.order) === order;
        item.classList.toggle("now", now);
        item.querySelector("button").setAttribute("aria-current", now ? "true" : "false");
      }
    };
  }

  window.Stops = Stops;
})();
