"""One router a family of pages."""

from app.web.pages import about, entities, events, front, health, listings, search, stories, threads, timeline

#: In the order in which addresses are tried.
ROUTERS = tuple(
    module.router for module in (front, stories, events, threads, entities, timeline, search, listings, about, health)
)
