"""For whom games are sought and answers are, and which players nobody can look up."""
