"""`/genre`."""
