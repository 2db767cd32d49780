// What scripting adds to pages that work without it.
import "../vendor/htmx-4.0.1/htmx.min.js";
import "./announcements.js";
import "./cards.js";
import "./keys.js";
import "./story.js";
import "./watch.js";
