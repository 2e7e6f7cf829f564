"""What training and serving share: the item index, weights, the scorer, preferences and filters."""
