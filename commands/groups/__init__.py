"""`/play-together`: games for several players."""
