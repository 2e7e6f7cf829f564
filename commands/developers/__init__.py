"""`/developer` and `/best-developers`."""
