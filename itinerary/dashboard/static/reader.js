// The text beside the map. Its paragraphs come as HTML in which every word is escaped; after the first time only those that changed
// come and are put in anew, so that a correction neither moves the text nor takes the focus away.
(function () {
  "use strict";
  const OPEN = "mark[data-order], mark[data-mention], mark[data-date]";

  function Reader(pane, choose) {
    let version = null;
    pane.addEventListener("click", (event) => chosen(event.target));
    pane.addEventListener("keydown", (event) => {
      if ((event.key === "Enter" || event.key === " ") && chosen(event.target)) event.preventDefault();
    });

    function chosen(target) {
      const mark = target.closest(OPEN);
      if (!mark) return false;
      const {order, mention, date} = mark.dataset;
      choose(order !== undefined ? {order: Number(order)} : mention !== undefined ? {mention: Number(mention)} : {date: Number(date)});
      return true;
    }

    // False when the change builds on a text that is not here.
    this.show = function (text) {
      if (text.version === version) return true;
      if (text.whole !== undefined) pane.innerHTML = text.whole;
      else if (text.base !== version) return false;
      else for (const [index, html] of Object.entries(text.changes)) pane.children[index].outerHTML = html;
      if (text.whole !== undefined) pane.scrollTop = 0;
      version = text.version;
      return true;
    };

    // What a date says of itself: its words and what they mean.
    this.date = function (index) {
      const mark = pane.querySelector(`mark[data-date="${index}"]`);
      return mark && {index, name: mark.textContent, aside: mark.title};
    };

    this.select = function (one, {scroll}) {
      for (const mark of pane.querySelectorAll("mark.now")) mark.classList.remove("now");
      if (!one) return;
      const [name, value] = Object.entries(one)[0];
      const marks = [...pane.querySelectorAll(`mark[data-${name}="${value}"]`)];
      marks.forEach((mark) => mark.classList.add("now"));
      if (scroll && marks.length) into(pane, marks[0]);
    };
  }

  // Scroll the pane, and only the pane, until the mark stands in its upper third.
  function into(pane, mark) {
    const box = mark.getBoundingClientRect(), frame = pane.getBoundingClientRect();
    if (box.top >= frame.top + 8 && box.bottom <= frame.bottom - 8) return;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    pane.scrollTo({top: pane.scrollTop + box.top - frame.top - frame.height / 3, behavior: still ? "auto" : "smooth"});
  }

  window.Reader = Reader;
})();
