"""Products, top-k and threads over large matrices."""
