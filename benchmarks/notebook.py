"""The way that notebooks do the work: `ast.literal_eval`, `explode`, `json_normalize`, `to_sql`, `merge`.

It stops before training: notebooks compare every game with every other, and the cosines of 32,000 games alone
take 8 GB.
"""

import ast
import gzip
import sqlite3
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.measuring import timed
from ingest import SteamFiles

if TYPE_CHECKING:
    import pandas as pd


def time_notebook(sources: SteamFiles) -> dict[str, float]:
    """Return the seconds of each stage: read, parse, clean, score, load, index, summarize."""
    seconds = dict.fromkeys(("read", "parse", "clean", "score", "load", "index", "summarize"), 0.0)

    def stage(name: str, work: Any, *arguments: Any) -> Any:
        result, spent, _cpu = timed(work, *arguments)
        seconds[name] += spent
        return result

    for file in (sources.games, sources.reviews, sources.items):
        stage("read", _only_read, file)
    games, reviews, items = (stage("parse", _records, file) for file in _files(sources))
    # What was read before cannot be told from parsing when the lines are parsed as they come.
    seconds["parse"] -= seconds["read"]
    games = stage("clean", _clean_games, games)
    reviews = stage("clean", _exploded, reviews, "reviews")
    items = stage("clean", _exploded, items, "items")
    stage("score", _score, reviews)
    with tempfile.TemporaryDirectory() as folder, sqlite3.connect(Path(folder, "notebook.sqlite3")) as base:
        stage("load", _load, base, {"games": games, "reviews": reviews, "items": items})
        stage("index", _index, base)
    stage("summarize", _summarize, games, reviews, items)
    return seconds


def _files(sources: SteamFiles) -> Iterable[Path]:
    return (sources.games, sources.reviews, sources.items)


def _only_read(file: Path) -> None:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for _line in lines:
            pass


def _records(file: Path) -> "pd.DataFrame":
    import pandas as pd

    with gzip.open(file, "rt", encoding="utf-8") as lines:
        is_json = lines.readline().startswith('{"')
    if is_json:
        return pd.read_json(file, lines=True)
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return pd.DataFrame([ast.literal_eval(line) for line in lines])


def _clean_games(games: "pd.DataFrame") -> "pd.DataFrame":
    import pandas as pd

    games = games.dropna(how="all").dropna(subset=["id"]).drop_duplicates("id")
    games["year"] = pd.to_datetime(games["release_date"], errors="coerce").dt.year
    games["price"] = pd.to_numeric(games["price"], errors="coerce")
    return games.astype({"id": int})


def _exploded(users: "pd.DataFrame", column: str) -> "pd.DataFrame":
    import pandas as pd

    users = users.explode(column).dropna(subset=[column]).reset_index(drop=True)
    records = pd.json_normalize(users[column])
    return pd.concat([users[["user_id"]], records], axis=1).drop_duplicates(["user_id", "item_id"])


def _score(reviews: "pd.DataFrame") -> None:
    from nltk.sentiment.vader import VaderConstants

    from ingest.score.vader import Vader

    analyzer = Vader()  # NLTK's own, with the lexicon where we have it
    analyzer.constants = VaderConstants()
    reviews["sentiment"] = [analyzer.polarity_scores(text)["compound"] for text in reviews["review"]]


def _load(base: sqlite3.Connection, frames: Mapping[str, "pd.DataFrame"]) -> None:
    for name, frame in frames.items():
        lists = [column for column in frame if frame[column].map(type).eq(list).any()]  # type: ignore[arg-type]
        frame.astype(dict.fromkeys(lists, str)).to_sql(name, base, index=False, chunksize=100_000)


def _index(base: sqlite3.Connection) -> None:
    for table, column in (
        ("games", "id"),
        ("reviews", "item_id"),
        ("items", "user_id"),
        ("items", "item_id"),
    ):
        base.execute(f"CREATE INDEX {table}_{column} ON {table} ({column})")
    base.commit()


def _summarize(games: "pd.DataFrame", reviews: "pd.DataFrame", items: "pd.DataFrame") -> None:
    """Hours by genre, player and year; reviews by developer and year."""
    described = games[["id", "genres", "year"]].explode("genres").dropna(subset=["genres"])
    owned = items[["user_id", "item_id", "playtime_forever"]].astype({"item_id": int})
    played = owned.merge(described, left_on="item_id", right_on="id")
    played.groupby(["genres", "user_id"])["playtime_forever"].sum()
    played.groupby(["genres", "year"])["playtime_forever"].sum()
    reviewed = reviews.astype({"item_id": int}).merge(
        games[["id", "developer"]], left_on="item_id", right_on="id"
    )
    reviewed["year"] = reviewed["posted"].str.extract(r"(\d{4})")[0]
    reviewed.groupby(["year", "developer"])["recommend"].sum()
