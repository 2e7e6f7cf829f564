"""The three Steam files of McAuley's group, found and read."""
