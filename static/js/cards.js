// A citation shows its source beside it: under the pointer, or when the keyboard reaches it.

const card = Object.assign(document.createElement("div"), { className: "card", popover: "manual", role: "tooltip" });
let timer = 0;
let anchor, at;

function show(cite) {
  const source = document.querySelector(cite.hash);
  if (!source) return;
  card.replaceChildren(...[...source.children].map((child) => child.cloneNode(true)));
  // Where it is known which passages this sentence rests on, the others are left out.
  const rests = `a[href="#${cite.closest("[id]")?.id}"]`;
  if (card.querySelector(rests)) card.querySelectorAll(`blockquote:not(:has(${rests}))`).forEach((other) => other.remove());
  document.querySelector("main").append(card);
  card.showPopover();
  anchor = cite;
  at = cite.getBoundingClientRect();
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
document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
document.addEventListener("click", (event) => citation(event) && hide());
// Told late, a scroll may have ended before its card came: only a citation that has moved loses it.
document.addEventListener("scroll", () => card.isConnected && anchor.getBoundingClientRect().top !== at.top && hide(), { passive: true });
