// After a part of a page is replaced: screen readers hear what it says of itself (data-say), and the keyboard stays there.

// Elements are looked up when they are needed: going back through history replaces the whole page under its scripts.
export function say(text) {
  const write = (text) => (document.querySelector("#live").textContent = text);
  // Emptied first, and filled later: the same words twice are heard twice.
  write("");
  setTimeout(write, 50, text);
}

let focusedInside = false;

document.addEventListener("htmx:before:swap", ({ detail }) => {
  const { target } = detail.ctx;
  focusedInside = target !== document.body && target?.contains(document.activeElement);
});

document.addEventListener("htmx:after:settle", ({ detail }) => {
  const parts = [document.getElementById(detail.task.target?.id), ...detail.newContent].filter((part) => part instanceof Element);
  const find = (selector) => parts.map((part) => (part.matches(selector) ? part : part.querySelector(selector))).find(Boolean);
  const said = find("[data-say]");
  if (said) say(said.dataset.say || said.textContent);
  if (focusedInside && document.activeElement === document.body) find("a[href]")?.focus({ preventScroll: true });
});

// A part of a page that cannot be had is asked for as a page, so that the reader sees why.
document.addEventListener("htmx:response:error", ({ detail }) => location.assign(detail.ctx.request.action));
