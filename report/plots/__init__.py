"""Plots as data: Vega-Lite specifications, and how the page works their values out anew."""
