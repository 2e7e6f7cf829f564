"""Steam's endpoints, on four hosts: the Web API, the store, the community and its pictures."""
