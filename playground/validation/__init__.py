"""Everything that Discord refuses, refused here, with the same nested errors."""
