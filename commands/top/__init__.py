"""`/top`: ranked games."""
