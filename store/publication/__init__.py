"""The store as a file that is built in one place and served in others: writing it, and what describes it.

`publish` writes it, `manifest` describes it, `packing` and `check` are for whoever serves it.
"""
