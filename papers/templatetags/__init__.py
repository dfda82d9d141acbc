"""Tags and filters of the papers."""
