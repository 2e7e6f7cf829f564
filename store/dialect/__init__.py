"""SQLite: the only place that knows its SQL and its files."""
