"""`/settings`: what the admins of a server set for it."""
