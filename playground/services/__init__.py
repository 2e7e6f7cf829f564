"""What Discord does with the world: it keeps commands, posts messages, and passes interactions to bots."""
