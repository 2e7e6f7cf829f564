"""Serving a store that is published elsewhere: downloaded, checked, and swapped in between questions."""
