"""SQLite, as `store.dialect` offers it; nothing else imports this package."""
