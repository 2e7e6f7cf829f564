"""What the model is fitted to, and what is written of it: libraries, content, neighbours."""
