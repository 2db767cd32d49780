"""Where documents come from: files, directories, globs, archives, lists of records, standard input.

Whatever holds documents is opened in turn, in a stable order, and never written to disk under a name of its own. How much comes
out of it is metered, so that a small file cannot unfold into a large one unnoticed.
"""

from app.importer.containers.items import STANDARD_INPUT_NAME, Found, Limits, NoDocuments, Unreadable
from app.importer.containers.sources import Sources, open_sources

__all__ = ["STANDARD_INPUT_NAME", "Found", "Limits", "NoDocuments", "Sources", "Unreadable", "open_sources"]
