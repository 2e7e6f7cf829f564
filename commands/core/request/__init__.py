"""What is known of an interaction: who asks, where, what, and what that person brings."""
