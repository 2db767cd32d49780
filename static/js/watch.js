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
  const since = page ? here.get("since") : list.visited;
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

const shown = Object.fromEntries(KINDS.map((kind) => [kind, here.getAll(kind)]));
const same = () => KINDS.every((kind) => [...list[kind]].sort().join() === [...shown[kind]].sort().join());

function adopt() {
  Object.assign(list, shown);
  keep();
  show();
}

if (page && !here.size) {
  // Came without a list: goes on with the one that is kept, if there is one.
  const since = list.visited ? `&since=${list.visited}` : "";
  if (address() !== "/watch") location.replace(address() + since);
}
show();
if (page && here.size) {
  // What was added by the form is meant for the list; a list that came as a link is kept only when its reader says so.
  if (read("adding")) adopt();
  const button = page.querySelector("[data-watch-keep]");
  if (button) button.hidden = same();
  button?.addEventListener("click", () => (adopt(), (button.hidden = true), say(button.dataset.done)));
  if (same()) {
    list.visited = `${new Date().toISOString().slice(0, 19)}Z`;
    keep();
  }
}
if (page) {
  write("adding", false);
  page.querySelector("form").addEventListener("submit", () => write("adding", true));
}
