"""What exists in this Discord, what happens in it, and its time. Nothing here sends or checks anything."""
