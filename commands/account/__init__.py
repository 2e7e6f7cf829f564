"""`/link`, `/me`, `/unlink` and `/forget-me`: a person's own player and what is stored of them."""
