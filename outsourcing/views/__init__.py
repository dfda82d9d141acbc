"""Pages of outsourcing: list, new, one order, processors."""
