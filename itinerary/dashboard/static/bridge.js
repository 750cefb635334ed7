// The way to and from Streamlit: what to show comes in by message, what the reader does on purpose goes out. An event is sent again
// with the next one until the server says that it has dealt with it, so that two quick ones are never mistaken for one.
(function () {
  "use strict";
  const run = Math.random().toString(36).slice(2); // tells this life of the page from the one before a reload
  let waiting = [], last = 0, height = 0;

  function post(type, content) {
    window.parent.postMessage({isStreamlitMessage: true, type: `streamlit:${type}`, ...content}, "*");
  }

  function send(kind, content) {
    last += 1;
    waiting.push({number: last, kind, ...content});
    post("setComponentValue", {value: {run, events: waiting}, dataType: "json"});
  }

  // The page is as high as what it holds; while it is hidden it has no height to tell.
  function fit() {
    const now = Math.ceil(document.body.getBoundingClientRect().height);
    if (window.innerWidth === 0 || now === 0 || now === height) return;
    height = now;
    post("setFrameHeight", {height});
  }

  function start(show) {
    window.addEventListener("message", (event) => {
      if (event.source !== window.parent || !event.data || event.data.type !== "streamlit:render") return;
      const args = event.data.args || {}, done = args.done || {};
      if (done.run === run) waiting = waiting.filter((one) => one.number > done.number);
      show(args, event.data.theme || {});
    });
    dress();
    new ResizeObserver(fit).observe(document.body);
    post("componentReady", {apiVersion: 1});
  }

  // The letters of the page around: its font faces are on this machine already.
  function dress() {
    try {
      const faces = [...window.parent.document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
        .filter((rule) => rule.constructor.name === "CSSFontFaceRule" && /Source Sans/.test(rule.cssText));
      const style = document.createElement("style");
      style.textContent = faces.map((rule) => rule.cssText.replace(/url\("([^"]+)"\)/g, (whole, address) =>
        `url("${new URL(address, rule.parentStyleSheet.href || window.parent.location.href)}")`)).join("\n");
      document.head.append(style);
    } catch { /* the system's own letters then */ }
  }

  window.bridge = {start, send};
})();
