"""Dateline: timelines of the AI industry from summary-plus-citations documents."""
