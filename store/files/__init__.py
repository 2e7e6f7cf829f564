"""The database files and what lies beside them: opened, migrated, looked after, written whole, claimed."""
