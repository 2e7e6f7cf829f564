"""What several answers say of games: references, store pages, descriptions, and where the data end."""
