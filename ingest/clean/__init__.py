"""Cleaning what the sources write: a module for each role, a function for each rule."""
