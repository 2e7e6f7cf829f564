"""Serving a store that is published elsewhere: fetched beside, checked, and taken up between questions."""
