"""Running queries off the event loop."""
