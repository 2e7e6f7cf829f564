"""The local Steam: each of its oddities, shown."""
