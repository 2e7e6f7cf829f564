"""A simulated user in front of Discord: what it can do, and what it sees, drawn as text."""
