"""Small made-up files in the forms of the data sets that are known."""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ingest.clean.rows import AnonymousColumns, CleanGame, CleanReview, LibraryColumns
from ingest.sources.file_source import FileSource
from ingest.sources.source import InputRead
from store.runs import SilentProgress

FRONKON_CSV = (
    "AppID,Name,Release date,Estimated owners,Peak CCU,Required age,Price,Discount,DLC count,"
    "About the game,Supported languages,Full audio languages,Reviews,Header image,Website,"
    "Support url,Support email,Windows,Mac,Linux,Metacritic score,Metacritic url,User score,"
    "Positive,Negative,Score rank,Achievements,Recommendations,Notes,Average playtime forever,"
    "Average playtime two weeks,Median playtime forever,Median playtime two weeks,Developers,"
    "Publishers,Categories,Genres,Tags,Screenshots,Movies"
).split(",")
ARTERMILOFF_CSV = (
    "appid,name,release_date,required_age,price,dlc_count,detailed_description,about_the_game,"
    "short_description,reviews,header_image,website,support_url,support_email,windows,mac,linux,"
    "metacritic_score,metacritic_url,achievements,recommendations,notes,supported_languages,"
    "full_audio_languages,packages,developers,publishers,categories,genres,screenshots,movies,"
    "user_score,score_rank,positive,negative,estimated_owners,average_playtime_forever,"
    "average_playtime_2weeks,median_playtime_forever,median_playtime_2weeks,discount,peak_ccu,tags,"
    "pct_pos_total,num_reviews_total,pct_pos_recent,num_reviews_recent"
).split(",")
RECOMMENDATIONS = ["app_id", "helpful", "funny", "date", "is_recommended", "hours", "user_id", "review_id"]
RECOMMENDED_GAMES = (
    "app_id,title,date_release,win,mac,linux,rating,positive_ratio,user_reviews,price_final,"
    "price_original,discount,steam_deck"
).split(",")


def fronkon(**fields: Any) -> dict[str, Any]:
    """A game of FronkonGames' JSON."""
    return {
        "name": "Glass Harbor",
        "release_date": "Oct 21, 2024",
        "required_age": 0,
        "price": 14.99,
        "dlc_count": 0,
        "detailed_description": 'A <b>long</b>\nstory with {braces} and "quotes"',
        "short_description": "Tides &amp; ghosts",
        "header_image": "https://images.test/10.jpg",
        "windows": True,
        "mac": False,
        "linux": True,
        "metacritic_score": 0,
        "supported_languages": ["English", "Spanish - Latin America"],
        "full_audio_languages": ["English"],
        "developers": ["Harbor, Inc.", "Tide"],
        "publishers": ["Tide"],
        "categories": ["Single-player"],
        "genres": ["Indie"],
        "positive": 90,
        "negative": 10,
        "estimated_owners": "0 - 20000",
        "discount": 0,
        "peak_ccu": 3,
        "tags": {"Ghosts": 5, "Sea": 12},
        **fields,
    }


def write_keyed(file: Path, games: Mapping[int, Mapping[str, Any]], indent: int | None = None) -> Path:
    """Write one object with the games under their app ids."""
    file.write_text(json.dumps({str(app): game for app, game in games.items()}, indent=indent))
    return file


def write_table(
    file: Path, header: Sequence[str], rows: Iterable[Mapping[str, Any]], *, encoding: str = "utf-8"
) -> Path:
    """Write a CSV file; a row lacks what is empty."""
    with file.open("w", newline="", encoding=encoding) as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        columns = [name for name in header if name != "DiscountDLC count"]
        if len(columns) < len(header):
            columns = FRONKON_CSV
        writer.writerows([row.get(name, "") for name in columns] for row in rows)
    return file


def opened(*locations: Path) -> FileSource:
    """The source of these files, found."""
    source = FileSource(locations, downloads=Path("nowhere"), crawl_year=2016)
    source.fetch(SilentProgress())
    return source


def games_of(*locations: Path) -> dict[int, CleanGame]:
    """All games, by app id."""
    return {game.id: game for game in opened(*locations).games(SilentProgress())}


def read(
    *locations: Path,
) -> tuple[list[CleanGame], list[CleanReview], list[LibraryColumns | AnonymousColumns]]:
    """All that files hold."""
    source, progress = opened(*locations), SilentProgress()
    return list(source.games(progress)), list(source.reviews(progress)), list(source.libraries(progress))


def inputs_of(*locations: Path) -> tuple[InputRead, ...]:
    """What is recorded of files whose games were read."""
    source = opened(*locations)
    list(source.games(SilentProgress()))
    return source.inputs()
