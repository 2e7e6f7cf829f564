"""Where data come from: the protocol of a source, and the sources that there are."""
