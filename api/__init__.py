"""The query layer over HTTP: the specification's seven questions, and every query of `store.queries`."""
