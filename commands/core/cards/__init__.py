"""Parts that several cards have."""
