"""`/recommend` and `/game`."""
