// Starts Wagtail's widgets from marks in the page instead of inline scripts: cms/core/admin/csp.py.
(() => {
  const start = (mark) => {
    const make = window[mark.dataset.init];
    if (!make) return; // Its script has yet to load: asked again once everything has.
    const args = JSON.parse(mark.dataset.args);
    mark.removeAttribute("data-init"); // A row that is moved is not started twice.
    if ("new" in mark.dataset) new make(...args);
    else make(...args);
  };
  const startIn = (node) => {
    if (node.matches?.("[data-init]")) start(node);
    node.querySelectorAll?.("[data-init]").forEach(start);
  };
  new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach(startIn)))
    .observe(document, { childList: true, subtree: true });
  window.addEventListener("load", () => startIn(document));
})();
