"""The options that several commands have, and their completion."""
