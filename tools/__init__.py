"""What developers run: locales, pictures, migration checks, images."""
