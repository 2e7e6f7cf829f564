"""The item-item model: EASE with content rows, cold games, calibration, similarity."""
