"""The public query layer."""
