// What the keyboard adds to pages that work without it.

const typing = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

function step(direction) {
  const rows = [...document.querySelectorAll(".row .what a, .teaser :is(h2, h3) a")];
  const here = rows.indexOf(document.activeElement);
  const next = rows[here < 0 ? (direction > 0 ? 0 : rows.length - 1) : here + direction];
  next?.focus();
  next?.scrollIntoView({ block: "center" });
}

const keys = {
  "/": () => document.querySelector("main input[type=search], header input[type=search]")?.focus(),
  j: () => step(1),
  k: () => step(-1),
  "?": () => document.querySelector("#keys").showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || !(event.key in keys)) return;
  event.preventDefault();
  keys[event.key]();
});
