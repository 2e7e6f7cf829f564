"""Refreshing the data: the schedule, the process that does it, and the notice of a failure."""
