// What the keyboard and the pointer add to pages that work without them.

const typing = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

function step(direction, selector = ".row .what a, .teaser :is(h2, h3) a") {
  const rows = [...document.querySelectorAll(selector)];
  const here = rows.indexOf(document.activeElement);
  const next = rows[here < 0 ? (direction > 0 ? 0 : rows.length - 1) : here + direction];
  next?.focus();
  next?.scrollIntoView({ block: "center" });
  next?.popoverTargetElement?.showPopover({ source: next });
}

const keys = {
  "/": () => document.querySelector("main input[type=search], header input[type=search]")?.focus(),
  j: () => step(1),
  k: () => step(-1),
  n: () => step(1, "[data-finding]"),
  p: () => step(-1, "[data-finding]"),
  "?": () => document.querySelector("#keys").showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") hide();
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || !(event.key in keys)) return;
  event.preventDefault();
  keys[event.key]();
});

// A part of a page that cannot be had is asked for as a page, so that the reader sees why.
document.addEventListener("htmx:response:error", (event) => location.assign(event.detail.ctx.request.action));

// A citation shows its source beside it.

const card = Object.assign(document.createElement("div"), { className: "card", popover: "manual", role: "tooltip" });
let timer = 0;

function show(cite) {
  const source = document.querySelector(cite.hash);
  if (!source) return;
  card.replaceChildren(...[...source.children].map((child) => child.cloneNode(true)));
  document.body.append(card);
  card.showPopover();
  const at = cite.getBoundingClientRect();
  const below = at.bottom + 8 + card.offsetHeight < innerHeight;
  card.style.top = `${Math.max(below ? at.bottom + 8 : at.top - 8 - card.offsetHeight, 8)}px`;
  card.style.left = `${Math.max(Math.min(at.left - 24, document.documentElement.clientWidth - card.offsetWidth - 16), 16)}px`;
}

function hide() {
  clearTimeout(timer);
  card.remove();
}

function later(act, wait) {
  clearTimeout(timer);
  timer = setTimeout(act, wait);
}

const citation = (event) => event.target.closest?.("a.cite");

document.addEventListener("mouseover", (event) => {
  if (citation(event)) later(() => show(citation(event)), 120);
  else if (card.contains(event.target)) clearTimeout(timer);
  else if (card.isConnected) later(hide, 250);
  else clearTimeout(timer);
});
document.addEventListener("focusin", (event) => {
  if (citation(event)?.matches(":focus-visible")) show(citation(event));
  else if (!card.contains(event.target)) hide();
});
document.addEventListener("click", (event) => citation(event) && hide());
document.addEventListener("scroll", hide, { passive: true });
