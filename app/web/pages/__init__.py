"""One router a family of pages."""

from app.web.pages import (
    about,
    admin,
    admin_entities,
    admin_findings,
    compare,
    entities,
    events,
    findings,
    front,
    health,
    language,
    listings,
    search,
    stories,
    style,
    threads,
    timeline,
    watch,
)

#: In the order in which addresses are tried.
ROUTERS = tuple(
    module.router
    for module in (
        front,
        stories,
        findings,
        events,
        threads,
        entities,
        timeline,
        compare,
        search,
        listings,
        about,
        style,
        watch,
        language,
        health,
        admin,
        admin_findings,
        admin_entities,
    )
)
