"""Plots as data: Vega-Lite specifications, and how the page recomputes their values."""
