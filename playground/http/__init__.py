"""The HTTP API: one module for each family of endpoints, and what may go wrong on the way to them."""
