"""What describes games: developers, genres, tags and specs, by table of names and table of links."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import Select, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import InstrumentedAttribute

from store.models import Developer, GameDeveloper, GameGenre, GameSpec, GameTag, Genre, Spec, Tag

Name: TypeAlias = Developer | Genre | Tag | Spec
Link: TypeAlias = GameDeveloper | GameGenre | GameTag | GameSpec


@dataclass(frozen=True, slots=True)
class NameTables:
    """The tables of one kind of name that describes games.

    Attributes:
        name: The table of the names.
        link: The table that says which game has which, and in which order.
        name_id: The column of `link` that has the id of a name.
    """

    name: type[Name]
    link: type[Link]
    name_id: InstrumentedAttribute[int]

    @property
    def rows(self) -> Select[int, str]:
        """The statement for an app id and a name a row, game by game, in each game's own order."""
        return (
            select(self.link.game_id, self.name.name)
            .join_from(self.link, self.name, self.name.id == self.name_id)
            .order_by(self.link.game_id, self.link.position)
        )


DESCRIPTIONS: Mapping[str, NameTables] = {
    "developers": NameTables(Developer, GameDeveloper, GameDeveloper.developer_id),
    "genres": NameTables(Genre, GameGenre, GameGenre.genre_id),
    "tags": NameTables(Tag, GameTag, GameTag.tag_id),
    "specs": NameTables(Spec, GameSpec, GameSpec.spec_id),
}


def names_by_game(connection: Connection, rows: Select[int, str]) -> dict[int, tuple[str, ...]]:
    """Return what `NameTables.rows`, or some of them, has for each game; a game without any is left out."""
    names: defaultdict[int, list[str]] = defaultdict(list)
    for game_id, name in connection.execute(rows):
        names[game_id].append(name)
    return {game_id: tuple(listed) for game_id, listed in names.items()}
