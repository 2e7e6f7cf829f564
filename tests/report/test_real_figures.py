"""What the report says of the real files, against figures worked out here from the raw lines."""

import math
import re
from statistics import median, quantiles

import pytest

from report import agreement
from report.blocks import Page, Table
from report.data import ReportData, read_data
from report.measures import spearman
from report.sections import correlations, missing, outliers, playtime
from report.wording import Wording
from report.writing import page_of
from store import Database, queries
from store.models import Sentiment
from tests.real_records import ReadRecords, Record

pytestmark = pytest.mark.real_data


@pytest.fixture(scope="module")
def lines_of_games(real_records: ReadRecords) -> list[Record]:
    """What each line of the games file says."""
    return real_records("steam_games_literal")


@pytest.fixture(scope="module")
def raw_games(lines_of_games: list[Record]) -> list[Record]:
    """The games of the file that have an id, the first of each."""
    by_id: dict[str, Record] = {}
    for game in lines_of_games:
        app = game.get("id") or "".join(re.findall(r"/app/(\d+)", game.get("url", ""))[:1])
        if app:
            by_id.setdefault(app, game)
    return list(by_id.values())


@pytest.fixture(scope="module")
def raw_libraries(real_records: ReadRecords) -> dict[str, dict[str, int]]:
    """The playtime of each player's games."""
    owned: dict[str, dict[str, int]] = {}
    for player in real_records("users_items"):
        played = {item["item_id"]: item["playtime_forever"] for item in player["items"]}
        owned.setdefault(player["user_id"], {}).update(played)
    return owned


@pytest.fixture(scope="module")
def raw_minutes(raw_libraries: dict[str, dict[str, int]]) -> list[int]:
    """The playtime of every pair of a player and a game."""
    return [minutes for library in raw_libraries.values() for minutes in library.values()]


@pytest.fixture(scope="module")
def raw_reviews(real_records: ReadRecords) -> list[Record]:
    """The first review of every pair of a player and a game."""
    written: dict[tuple[str, str], Record] = {}
    for player in real_records("user_reviews"):
        for review in player["reviews"]:
            written.setdefault((player["user_id"], review["item_id"]), review)
    return list(written.values())


@pytest.fixture(scope="module")
def data(real_store: Database) -> ReportData:
    with real_store.reader(seconds=120) as session:
        status = queries.data_status(session)
        assert status.applied is not None
        return read_data(session, status, status.applied)


@pytest.fixture(scope="module")
def page(real_store: Database) -> Page:
    return page_of(real_store, Wording())


def test_playtime(data: ReportData, raw_minutes: list[int]) -> None:
    played = sorted(minutes for minutes in raw_minutes if minutes)
    total = sum(played)
    ranked = sum(rank * minutes for rank, minutes in enumerate(played, start=1))

    found = playtime.facts(data)

    assert (found.owned, found.played) == (len(raw_minutes), len(played))
    assert found.median == median(played)
    assert found.mean == pytest.approx(total / len(played))
    assert dict(found.quantiles)[0.9] == pytest.approx(quantiles(played, n=10, method="inclusive")[-1])
    # The Gini coefficient by ranks, another formula than the one that the report uses.
    assert found.gini == pytest.approx(2 * ranked / (len(played) * total) - (len(played) + 1) / len(played))
    assert found.top_1 == pytest.approx(sum(played[-math.ceil(len(played) / 100) :]) / total)


def test_missing_values(data: ReportData, raw_games: list[Record], raw_reviews: list[Record]) -> None:
    gaps = {(gap.table, gap.column): gap for gap in missing.missing_values(data, Wording())}

    def lacking(*names: str) -> int:
        return sum(not any(game.get(name) for name in names) for game in raw_games)

    assert gaps["Apps", "title"].rows == len(raw_games) == 32_132
    assert gaps["Apps", "title"].missing == lacking("app_name", "title")
    assert gaps["Apps", "developers"].missing == lacking("developer")
    assert gaps["Apps", "genres"].missing == lacking("genres")
    assert gaps["Apps", "tags"].missing == lacking("tags")
    assert gaps["Apps", "publisher"].missing == pytest.approx(lacking("publisher"), abs=5)
    years = sum(
        bool(re.search(r"(?<!\d)(19[7-9]\d|20[0-4]\d)(?!\d)", game.get("release_date") or ""))
        for game in raw_games
    )
    assert gaps["Apps", "release year"].missing == pytest.approx(len(raw_games) - years, abs=2)
    assert gaps["Reviews", "votes on helpfulness"].missing == sum(
        review["helpful"] == "No ratings yet" for review in raw_reviews
    )


def test_prices(data: ReportData, raw_games: list[Record]) -> None:
    amounts = [game["price"] for game in raw_games if isinstance(game.get("price"), float)]
    free_by_name = sum(
        "free" in game["price"].lower() for game in raw_games if isinstance(game.get("price"), str)
    )

    known = data.listed["price_cents"].dropna()

    assert (known == 0).sum() == free_by_name + sum(amount == 0 for amount in amounts)
    assert known.max() == round(100 * max(amounts))
    assert outliers.variables(data, Wording())["Price in US dollars"].upper_quartile == pytest.approx(
        quantiles([*amounts, *[0.0] * free_by_name], n=4, method="inclusive")[-1], abs=0.01
    )


def test_tone_against_recommendation(data: ReportData, raw_reviews: list[Record]) -> None:
    found = agreement.confusion(data.reviews)

    assert found.total == len(raw_reviews) == 58_431
    recommended = sum(review["recommend"] for review in raw_reviews)
    assert sum(found.counts[True].values()) == recommended
    assert (
        found.agreeing + found.opposed + sum(row[Sentiment.NEUTRAL] for row in found.counts.values())
        == found.total
    )


def test_lengths_of_reviews(data: ReportData, raw_reviews: list[Record]) -> None:
    lengths = [len(review["review"].strip()) for review in raw_reviews if review["review"].strip()]

    # Cleaning unescapes HTML, which shortens a few of them.
    found = data.reviews.loc[data.reviews["length"] > 0, "length"]
    assert len(found) == len(lengths)
    assert float(found.median()) == pytest.approx(median(lengths), abs=1)
    assert int(found.max()) == max(lengths)


def test_owners_and_reviews_go_together_as_their_ranks_do(
    data: ReportData, raw_reviews: list[Record]
) -> None:
    """Spearman's rho of owners and reviews by its definition: the correlation of the ranks."""
    frame = correlations.variables(data)[["owners", "reviews"]]
    ranks = frame.rank().to_numpy()
    centred = ranks - ranks.mean(axis=0)
    rho = (centred[:, 0] * centred[:, 1]).sum() / (centred**2).sum(axis=0).prod() ** 0.5

    (found,) = spearman(frame)

    assert found.rho == pytest.approx(rho)
    assert int(frame["reviews"].sum()) <= len(raw_reviews)


def test_the_sentences_carry_these_figures(page: Page, raw_minutes: list[int]) -> None:
    by_name = {section.name: section for section in page.sections}
    never = sum(not minutes for minutes in raw_minutes)

    assert not page.generated
    assert ("Games", "32,132") in page.facts
    assert f"{100 * never / len(raw_minutes):.1f}% were never played" in by_name["playtime"].lead
    assert f"Of {len(raw_minutes):,} owned games" in by_name["playtime"].lead


def test_lines_that_add_no_game_are_counted(
    page: Page, lines_of_games: list[Record], raw_games: list[Record]
) -> None:
    nameless = sum(not game.get("id") and "/app/" not in game.get("url", "") for game in lines_of_games)
    section = next(section for section in page.sections if section.name == "cleaning")
    decided = next(
        block for block in section.blocks if isinstance(block, Table) and block.name == "decisions"
    )

    (_, count, _) = next(
        row for row in decided.values.rows if str(row[0]).startswith("Lines of the games file")
    )

    assert count == len(lines_of_games) - nameless - len(raw_games) > 0


def test_games_owned_together_are_counted_as_the_raw_libraries_say(
    data: ReportData, raw_libraries: dict[str, dict[str, int]]
) -> None:
    pair = max(data.shared.pairs, key=lambda pair: pair.both)
    titles = {str(title): str(app) for app, title in zip(data.games["id"], data.games["title"], strict=True)}
    one, other = titles[pair.one], titles[pair.other]

    assert pair.owners == sum(one in library for library in raw_libraries.values())
    assert pair.both == sum({one, other} <= library.keys() for library in raw_libraries.values())
