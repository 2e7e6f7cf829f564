"""`/userdata`: a player of the data."""
