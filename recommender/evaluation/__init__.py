"""Measuring methods against one another on the same libraries, with the same hidden games, in one run."""
