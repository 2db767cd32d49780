"""The same resource in another form: at the same address with a suffix."""
