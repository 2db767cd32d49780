// Single keys. They can be switched off, for those whose speech or hands press them by accident (WCAG 2.1.4).
import { read, write } from "./storage.js";

const dialog = () => document.querySelector("#keys");

function list() {
  dialog().querySelector("input").checked = read("keys") !== false;
  dialog().showModal();
}

function step(direction, selector) {
  const stops = [...document.querySelectorAll(selector)].filter((stop) => stop.checkVisibility());
  const here = stops.indexOf(document.activeElement);
  const next = stops[here < 0 ? (direction > 0 ? 0 : stops.length - 1) : here + direction];
  next?.focus();
  next?.scrollIntoView({ block: "center" });
  next?.popoverTargetElement?.showPopover({ source: next });
}

const ENTRIES = ".row .what a, .teaser :is(h2, h3) a";
const FINDINGS = "[data-finding]";
const ACTIONS = {
  "/": () => document.querySelector("main input[type=search], header input[type=search]")?.focus(),
  j: () => step(1, ENTRIES),
  k: () => step(-1, ENTRIES),
  n: () => step(1, FINDINGS),
  p: () => step(-1, FINDINGS),
  "?": list,
};

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  const held = event.ctrlKey || event.metaKey || event.altKey;
  if (typing || held || !Object.hasOwn(ACTIONS, event.key) || dialog().open || read("keys") === false) return;
  event.preventDefault();
  ACTIONS[event.key]();
});

document.addEventListener("click", ({ target }) => target.closest?.("[data-keys]") && list());
document.addEventListener("change", ({ target }) => target.closest("#keys") && write("keys", target.checked));
