"""The methods that ours is measured against; `implicit`'s come with the extra `nextplay[peers]`."""
