"""Genres by tone and by what is played, and tags."""

import pandas as pd

from report.blocks import Column, Kind, Plot, Section, Table, Values
from report.data import ReportData
from report.plots.bars import bars, shares
from report.plots.derivations import Grouping, Least, Measure, Row
from report.sections.columns import game_column, games_in
from report.wording import Wording

# Shares of fewer reviews are withheld.
LEAST_REVIEWS = 100
_SHOWN_TAGS = 15
_RARE = 100


def by_tone() -> Grouping:
    """Return genres with enough reviews, the most positive in tone first."""
    tones = ("negative", "neutral", "positive")
    return Grouping(
        "genres",
        (
            *(Measure(tone, "ratio", tone, "reviews") for tone in tones),
            Measure("liked", "ratio", "recommended", "reviews"),
            Measure("reviews", "sum", "reviews"),
        ),
        order="positive",
        least=Least("reviews", LEAST_REVIEWS),
    )


def by_hours() -> Grouping:
    """Return genres, the most played first."""
    return Grouping(
        "genres",
        (Measure("hours", "sum", "hours"), Measure("games", "count")),
        order="hours",
        least=Least("hours", 0.0001),
        count=15,
    )


def section(data: ReportData, games: pd.DataFrame, words: Wording) -> Section:
    """Show in which tone genres are reviewed, which are played, and which tags are frequent."""
    return Section(
        "genres",
        words.gettext("Genres and tags"),
        (_tone(games, words), _hours(games, words), _tags(data, words)),
        lead=words.gettext("A game counts in full for each of its genres."),
    )


def tone_columns(words: Wording) -> tuple[Column, Column, Column]:
    """Return the columns of the shares of negative, neutral and positive reviews."""
    return (
        Column("negative", words.gettext("Negative"), Kind.SHARE),
        Column("neutral", words.gettext("Neutral"), Kind.SHARE),
        Column("positive", words.gettext("Positive"), Kind.SHARE),
    )


def _genre(words: Wording) -> Column:
    return Column("genre", words.gettext("Genre"), Kind.TEXT)


def _tone(games: pd.DataFrame, words: Wording) -> Plot:
    tones = tone_columns(words)
    reviews = game_column(words, "reviews")
    columns = (_genre(words), *tones, game_column(words, "liked"), reviews)
    rows = by_tone().rows(games)
    return Plot(
        "genre-tone",
        words.gettext("Genre by tone"),
        words.gettext(
            "Tone of the reviews by VADER, the most positive genre first; the number of reviews on the"
            " right. Genres with fewer than {count} reviews are withheld.",
            count=words.number(LEAST_REVIEWS),
        ),
        _on_tone(rows, words),
        Values(columns, rows),
        shares(columns[0], tones, note=reviews),
        derivation=by_tone().as_dict(),
    )


def _on_tone(rows: tuple[Row, ...], words: Wording) -> str:
    known = [row for row in rows if row[0] is not None]
    if not known:
        return words.gettext("No genre has enough reviews to tell its tone.")
    first, last = known[0], known[-1]
    sentence = words.gettext(
        "{genre} is reviewed in the most positive tone: {share} of its reviews.",
        genre=str(first[0]),
        share=words.share(float(first[3] or 0)),
    )
    if last[0] != first[0]:
        sentence += " " + words.gettext(
            "At the other end is {genre} with {share}, though {liked} of its reviews recommend the game.",
            genre=str(last[0]),
            share=words.share(float(last[3] or 0)),
            liked=words.share(float(last[4] or 0)),
        )
    return sentence


def _hours(games: pd.DataFrame, words: Wording) -> Plot:
    columns = (_genre(words), game_column(words, "hours"), games_in(words))
    rows = by_hours().rows(games)
    known = [row for row in rows if row[0] is not None and row[1]]
    summary = (
        words.gettext(
            "Most time goes into {genre}: {hours} in {games}.",
            genre=str(known[0][0]),
            hours=words.hours(float(known[0][1] or 0)),
            games=words.ngettext("{count} game", "{count} games", int(known[0][2] or 0)),
        )
        if known
        else words.gettext("No game of a known genre was played.")
    )
    return Plot(
        "genre-hours",
        words.gettext("Genres by hours played"),
        words.gettext("Hours of all players. Games of unknown genre are a bar of their own, the last."),
        summary,
        Values(columns, rows),
        bars(columns[0], columns[1]),
        derivation=by_hours().as_dict(),
    )


def _tags(data: ReportData, words: Wording) -> Table:
    tags = data.catalogue.tags
    listed = len(data.listed)
    summary = words.gettext("No app carries a tag.")
    if tags:
        summary = words.gettext(
            "{tags}; {rare} are on fewer than {limit} apps each.",
            tags=words.ngettext("{count} tag is known", "{count} tags are known", len(tags)),
            rare=words.number(sum(tag.apps < _RARE for tag in tags)),
            limit=words.number(_RARE),
        )
    return Table(
        "tags",
        words.gettext("The most frequent tags"),
        Values(
            (
                Column("tag", words.gettext("Tag"), Kind.TEXT),
                Column("apps", words.gettext("Apps")),
                Column("share", words.gettext("Share of apps"), Kind.SHARE),
            ),
            tuple((tag.name, tag.apps, tag.apps / listed if listed else None) for tag in tags[:_SHOWN_TAGS]),
        ),
        summary,
    )
