"""What the local Steam sells: a generated catalogue of any size, and a few invented games to recognise."""
