// What scripting adds to pages that work without it.
import "./announcements.js";
import "./cards.js";
import "./keys.js";
import "./watch.js";
