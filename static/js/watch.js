// The watch list: names and threads that this browser keeps. Only their ids leave it, in the address of /watch.
import { say } from "./announcements.js";
import { read, write } from "./storage.js";

const KINDS = ["entity", "thread"];
const list = { entity: [], thread: [], ...read("watch") };
const keep = () => write("watch", list);
const page = document.querySelector("#watch");
const here = new URLSearchParams(location.search);

function address() {
  const query = new URLSearchParams(KINDS.flatMap((kind) => list[kind].map((id) => [kind, id])));
  if (!query.size) return "/watch";
  // On the page itself the last visit stays the one before: this one is not over.
  const since = page && here.size ? here.get("since") : list.visited;
  if (since) query.set("since", since);
  return `/watch?${query}`;
}

// A thread has an id for each of its chapters.
const place = (button) => {
  const ids = [button.value, ...(button.dataset.same?.split(" ") ?? [])];
  return list[button.dataset.watch].findIndex((id) => ids.includes(id));
};

function show() {
  for (const button of document.querySelectorAll("[data-watch]")) button.setAttribute("aria-pressed", place(button) >= 0);
  for (const link of document.querySelectorAll("[data-watch-list]")) link.href = address();
}

function add({ value, dataset }) {
  if (list.entity.length + list.thread.length >= dataset.most) return say(dataset.full);
  list[dataset.watch].push(value);
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-watch]");
  if (!button) return;
  const at = place(button);
  if (at >= 0) list[button.dataset.watch].splice(at, 1);
  else add(button);
  keep();
  show();
});
// Another tab has changed the list, or the page comes back from the browser's memory.
const reread = () => (Object.assign(list, { entity: [], thread: [] }, read("watch")), show());
addEventListener("storage", reread);
document.addEventListener("htmx:after:settle", show);
addEventListener("pageshow", (event) => event.persisted && reread());

const idsOf = (query) => Object.fromEntries(KINDS.map((kind) => [kind, query.getAll(kind)]));
const kept = (ids) => KINDS.every((kind) => [...list[kind]].sort().join() === [...ids[kind]].sort().join());
const shown = idsOf(here);

function adopt() {
  Object.assign(list, shown);
  keep();
  show();
}

// Whether the form of this page was sent from the kept list, or before this script could show it: then its name is meant for that list.
function added() {
  const before = document.referrer && new URL(document.referrer);
  const [{ type }] = performance.getEntriesByType("navigation");
  if (type !== "navigate" || before.origin !== location.origin || before.pathname !== location.pathname) return false;
  const ids = idsOf(before.searchParams);
  return kept(ids) || !KINDS.some((kind) => ids[kind].length);
}

// The page came without a list, or with more names for it: the kept list is what it should show.
if (page && (!here.size || added())) {
  for (const button of page.querySelectorAll("[data-watch]")) if (place(button) < 0) add(button);
  keep();
  if (!kept(shown)) location.replace(address());
}
show();
if (page && here.size) {
  // A list that came as a link is kept only when its reader says so.
  const button = page.querySelector("[data-watch-keep]");
  if (button) button.hidden = kept(shown);
  button?.addEventListener("click", () => (adopt(), (button.hidden = true), say(button.dataset.done)));
  if (kept(shown)) {
    list.visited = `${new Date().toISOString().slice(0, 19)}Z`;
    keep();
  }
}
