"""`/compare`: two games, developers or players side by side."""
