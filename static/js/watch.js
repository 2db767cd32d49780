// The watch list: names and threads that this browser keeps. Only their ids leave it, in the address of /watch.
import { say } from "./announcements.js";
import { read, write } from "./storage.js";

const KINDS = ["entity", "thread"];
const list = { entity: [], thread: [], ...read("watch") };
const keep = () => write("watch", list);

function address() {
  const query = new URLSearchParams(KINDS.flatMap((kind) => list[kind].map((id) => [kind, id])));
  if (!query.size) return "/watch";
  if (list.visited) query.set("since", list.visited);
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

document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("[data-watch]");
  if (!button) return;
  const ids = list[button.dataset.watch];
  const at = place(button);
  if (at >= 0) ids.splice(at, 1);
  else if (list.entity.length + list.thread.length >= button.dataset.most) return say(button.dataset.full);
  else ids.push(button.value);
  keep();
  show();
});
// Another tab has changed the list, or the page comes back from the browser's memory.
const reread = () => (Object.assign(list, { entity: [], thread: [] }, read("watch")), show());
addEventListener("storage", reread);
document.addEventListener("htmx:after:settle", show);
addEventListener("pageshow", (event) => event.persisted && reread());

const page = document.querySelector("#watch");
const query = new URLSearchParams(location.search);
const shown = Object.fromEntries(KINDS.map((kind) => [kind, query.getAll(kind)]));
const same = () => KINDS.every((kind) => [...list[kind]].sort().join() === [...shown[kind]].sort().join());

function adopt() {
  Object.assign(list, shown);
  keep();
  show();
}

if (page && !query.size && address() !== "/watch") location.replace(address());
else show();
if (page && query.size) {
  // What was added by the form is meant for the list; a list that came as a link is kept only when its reader says so.
  if (read("adding")) adopt();
  const button = page.querySelector("[data-watch-keep]");
  button.hidden = same();
  button.addEventListener("click", () => (adopt(), (button.hidden = true), say(button.dataset.done)));
  if (same()) write("watch", { ...list, visited: `${new Date().toISOString().slice(0, 16)}Z` });
}
if (page) {
  write("adding", false);
  page.querySelector("form").addEventListener("submit", () => write("adding", true));
}
