"""Where games, reviews and libraries come from."""
