"""Settings, doors and timetable of the house; no business lives here.

Nothing is imported here: config.places and config.bootstrap run before any dependency is installed.
"""
