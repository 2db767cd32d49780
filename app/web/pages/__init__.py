"""One router a family of pages."""
