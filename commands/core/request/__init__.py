"""What is known of an interaction: who asks, where, what, and that person's profile."""
