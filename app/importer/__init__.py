"""From bytes to stored stories: recognise, parse, analyse, store."""
