"""What a worker needs, loaded when this module is: workers are forked from a process that has imported it."""

from __future__ import annotations

import app.importer.workers  # noqa: F401  its functions are what workers run
from app.analysis.events import lexicon as events
from app.analysis.gazetteer import load_gazetteer
from app.analysis.proposals import load_lexicon
from app.importer.formats import all_formats

all_formats()
load_gazetteer().find([])
load_gazetteer().has("")
load_lexicon()
events.load_lexicon()
