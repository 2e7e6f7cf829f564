"""The gateway: sessions of bots, the events they receive, and the websockets that carry them."""
