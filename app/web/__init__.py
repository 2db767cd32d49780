"""The server: pages from read queries, through view models, to templates."""
