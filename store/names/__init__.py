"""Finding games, developers, genres and players by what a person types."""
