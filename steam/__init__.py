"""Talking to Steam: what is asked, what is made of an answer, people's libraries, and signing in."""
