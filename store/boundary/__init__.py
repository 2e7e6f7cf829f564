"""What lies between a caller and a query: arguments, time limits, and the name of damage."""
