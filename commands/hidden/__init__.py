"""`/hidden`: the games that a person does not want suggested."""
