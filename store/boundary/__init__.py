"""What lies between a caller and a query: arguments, time limits, and errors for damaged rows."""
