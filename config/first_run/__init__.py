"""The first-run page: a production installation gets its company and its administrator by a one-time code."""
