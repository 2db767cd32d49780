"""Measuring analysis against public labelled data; nothing of that data is part of the project."""
