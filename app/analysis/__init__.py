"""Thinking: pure functions over domain types and the data files beside them; no clock, no database, no network."""
