"""Cards about the state of the data, for admins."""
