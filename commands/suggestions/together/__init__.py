"""`/play-together`: games for several people, who are named or join, and their vote."""
