"""The one place where a command's error becomes a sentence for the person who ran it."""
