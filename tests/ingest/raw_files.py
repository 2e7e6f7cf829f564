"""Small raw files in the upstream notations, for tests to spoil."""

import gzip
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Record = dict[str, Any]


def game(app: int, **fields: Any) -> Record:
    """A record of the games file."""
    title = f"Game {app}"
    return {"id": str(app), "app_name": title, "url": f"http://store.steampowered.com/app/{app}/", **fields}


def review(app: int, text: str = "Great fun", **fields: Any) -> Record:
    """A review inside a record of the reviews file."""
    return {
        "funny": "",
        "posted": "Posted November 5, 2011.",
        "last_edited": "",
        "item_id": str(app),
        "helpful": "No ratings yet",
        "recommend": True,
        "review": text,
        **fields,
    }


def item(app: int, minutes: int = 0, **fields: Any) -> Record:
    """An owned game inside a record of the items file."""
    return {
        "item_id": str(app),
        "item_name": f"Game {app}",
        "playtime_forever": minutes,
        "playtime_2weeks": 0,
        **fields,
    }


def reviewer(user: str, *reviews: Record) -> Record:
    """A record of the reviews file."""
    return {"user_id": user, "user_url": f"http://steamcommunity.com/id/{user}", "reviews": list(reviews)}


def owner(user: str, *items: Record, **fields: Any) -> Record:
    """A record of the items file."""
    return {
        "user_id": user,
        "items_count": len(items),
        "steam_id": str(76561197960265729 + sum(user.encode())),
        "user_url": f"http://steamcommunity.com/id/{user}",
        "items": list(items),
        **fields,
    }


def write_lines(file: Path, lines: Iterable[object]) -> Path:
    """Write one line for each record (as a Python literal) or text, packed if the name ends in .gz."""
    data = "".join(f"{line}\n" for line in lines).encode()
    file.write_bytes(gzip.compress(data) if file.suffix == ".gz" else data)
    return file


@dataclass
class RawFolder:
    """The three files of a folder; change the lists and `write` again for the next state of the world."""

    path: Path
    games: list[object] = field(default_factory=list)
    reviews: list[object] = field(default_factory=list)
    items: list[object] = field(default_factory=list)

    @property
    def files(self) -> Mapping[str, Path]:
        names = {"games": "steam_games", "reviews": "australian_user_reviews", "items": "users_items"}
        return {role: self.path / f"{name}.json.gz" for role, name in names.items()}

    def write(self) -> Path:
        """Write all three files and return the folder."""
        for role, file in self.files.items():
            write_lines(file, getattr(self, role))
        return self.path


def small_world(path: Path) -> RawFolder:
    """Four games, three owners and two reviewers, one of whom owns nothing."""
    return RawFolder(
        path,
        games=[
            game(
                10, genres=["Action"], tags=["FPS"], price=9.99, release_date="2000-11-01", developer="Valve"
            ),
            game(
                20,
                genres=["Action", "RPG"],
                price="Free to Play",
                release_date="2010-01-01",
                developer="Valve",
            ),
            game(30, genres=["RPG"], price=5.0, developer="Other,Valve"),
            game(40, genres=["RPG"], specs=["Downloadable Content"], price=1.0, developer="Other"),
        ],
        reviews=[
            reviewer("ada", review(10), review(20, "Terrible, awful, boring.", recommend=False)),
            reviewer("zoe", review(10, "", posted="Posted February 29.")),
        ],
        items=[
            owner("ada", item(10, 60), item(20, 120)),
            owner("bob", item(10, 600), item(30), item(555, 30)),
            owner("cyd"),
        ],
    )
