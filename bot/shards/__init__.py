"""Serving Discord in parts: which shards a process serves, and what the processes of one bot agree on."""
