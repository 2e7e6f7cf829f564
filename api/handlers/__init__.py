"""What each address does: it reads its parameters, and puts a question to the store."""
