"""`/admin`: refreshing the data, their state, and who did what."""
