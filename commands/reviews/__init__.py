"""`/reviews` and `/year`: what reviews say."""
