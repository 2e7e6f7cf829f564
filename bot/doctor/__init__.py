"""`nextplay doctor`: looking at an installation, part by part, and changing nothing."""
