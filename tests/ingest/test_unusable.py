"""What a run cannot use is counted and told, and costs no more than itself."""

import gzip
from pathlib import Path

import pytest
from sqlalchemy import select

from ingest import GuardError, IngestSettings, ingest
from ingest.rejects import KEPT_OF_A_KIND, Tally, reject
from store import Database, queries
from store.models import Game, OwnedGame, Player, Refusal, RefusedUnit, Reject, Review
from tests.ingest.raw_files import RawFolder, game, item, owner, review, reviewer, write_lines

pytestmark = pytest.mark.slow
FORCE = IngestSettings(force=True, processes=1)


def refusals(database: Database) -> set[tuple[str, str, str, str, int]]:
    """Return what was refused, by file, unit, field and reason."""
    with database.reader() as session:
        return {
            (row.file.partition(".")[0], row.unit.value, row.field, row.reason, row.count)
            for row in session.scalars(select(Refusal))
        }


def test_a_value_that_cannot_be_used_costs_nothing_but_itself(world: RawFolder, database: Database) -> None:
    world.games += [game(50, genres="Action, Indie", price="9,99€"), game(60, price=771_000_000)]
    world.reviews += [
        reviewer("eve", review(10, funny="99999999999999999999 people found this review funny")),
        reviewer("fay", review(10, helpful=", of , people", funny=None)),
        reviewer("gus", review(10, recommend=None, posted="Posted November 5, 2099.")),
    ]
    world.items += [
        owner("eve", item(10, 35_000_000 * 60), steam_id=76561197960265999),
        owner("fay", item(10, -5), items_count="many", steam_id="nobody"),
    ]
    report = ingest(database, [world.write()], settings=FORCE)
    games, reviews, items = "steam_games", "australian_user_reviews", "users_items"
    assert refusals(database) == {
        (games, "value", "genres", "not a list", 1),
        (games, "value", "price", "in another currency", 1),
        (games, "value", "price", "above 2,000 dollars", 1),
        (reviews, "value", "funny", "above 2,000,000,000 people", 1),
        (reviews, "value", "funny", "null", 1),
        (reviews, "value", "helpful", "no counts of people", 1),
        (reviews, "value", "recommend", "null", 1),
        (reviews, "value", "posted", "in the future", 1),
        (items, "value", "playtime_forever", "more minutes than there were", 1),
        (items, "value", "playtime_forever", "negative", 1),
        (items, "value", "items_count", "not a number", 1),
        (items, "value", "steam_id", "not a SteamID", 1),
    }
    assert dict(report.counts) == {"games": 6, "players": 7, "owned_games": 7, "reviews": 6}
    with database.reader() as session:
        assert session.get_one(Game, 50).price_cents is session.get_one(Game, 60).price_cents is None
        players = {row.user_id: row for row in session.scalars(select(Player))}
        assert players["eve"].steam_id == "76561197960265999"
        assert (players["fay"].steam_id, players["fay"].items_count) == (None, 1)
        minutes = select(OwnedGame.minutes).where(
            OwnedGame.player_id.in_([players["eve"].id, players["fay"].id])
        )
        assert session.scalars(minutes).all() == [0, 0]
        unsaid = session.scalars(select(Review).where(Review.player_id == players["gus"].id)).one()
        assert (unsaid.recommend, unsaid.posted) == (None, None)


def test_the_summary_and_the_status_tell_what_is_unknown(world: RawFolder, database: Database) -> None:
    world.games += [game(50, price="9,99€"), game(60, price="5 EUR"), {"app_name": "No id"}]
    report = ingest(database, [world.write()], settings=FORCE)
    summary = str(report).splitlines()
    assert "    refused: lines: no app id, neither in the record nor in its address (1)" in summary
    assert "    taken as unknown: price: in another currency (2)" in summary
    with database.reader() as session:
        [run] = queries.data_status(session).runs
    assert (run.rejected, run.unknown) == (1, 2)


def test_a_review_that_does_not_say_whether_it_recommends_counts_neither_way(
    world: RawFolder, database: Database
) -> None:
    world.reviews.append(reviewer("eve", review(10, recommend="perhaps")))
    ingest(database, [world.write()], settings=FORCE)
    with database.reader() as session:
        card = queries.game(session, "Game 10")
        assert (card.reviews.total, card.decided, card.recommended) == (3, 2, 2)
        eve = queries.userdata(session, "eve")
        assert (eve.reviews, eve.recommend_percent) == (0, None)


def test_of_many_rejects_of_a_kind_the_first_are_kept_and_all_are_counted(
    world: RawFolder, database: Database
) -> None:
    more = 5
    world.games += ["rubbish"] * (KEPT_OF_A_KIND + more) + [{"app_name": "No id"}]
    report = ingest(database, [world.write()], settings=FORCE)
    with database.reader() as session:
        assert len(session.scalars(select(Reject)).all()) == KEPT_OF_A_KIND + 1
    assert sum(row[-1] for row in refusals(database)) == KEPT_OF_A_KIND + more + 1
    assert f"({KEPT_OF_A_KIND:,} kept, and {more} more of this kind)" in str(report)


def test_reading_stops_once_the_allowed_share_is_out_of_reach(world: RawFolder, database: Database) -> None:
    file = world.files["reviews"]
    sound = repr(reviewer("ada", review(10))).encode()
    file.write_bytes(gzip.compress(sound + b"\nrubbish" * 1_000_000))
    with pytest.raises(GuardError, match=r"cannot be used so far, .* 5% allowed .*first in line 2"):
        ingest(database, [world.path])
    with database.reader() as session:
        read = session.scalars(select(Refusal)).one()
        assert (read.unit, read.reason) == (RefusedUnit.LINE, "neither JSON nor a Python literal")
        assert KEPT_OF_A_KIND < read.count < 1_000_000
        assert len(session.scalars(select(Reject)).all()) == KEPT_OF_A_KIND


def test_rubbish_at_the_beginning_of_a_file_that_is_sound_stops_nothing(
    world: RawFolder, database: Database
) -> None:
    sound = [repr(reviewer(f"user{number}", review(10))) for number in range(400)]
    write_lines(world.files["reviews"], ["rubbish"] * 19 + sound)
    report = ingest(database, [world.path])
    assert report.counts["reviews"] == 400


def test_lines_that_say_nothing_do_not_hide_too_many_rejects(world: RawFolder, database: Database) -> None:
    nothing = ['{"id": NaN, "app_name": NaN}'] * 500
    write_lines(world.files["games"], [*nothing, *map(repr, world.games), "rubbish"])
    with pytest.raises(GuardError, match=r"20\.0% of .*steam_games"):
        ingest(database, [world.path])


@pytest.mark.parametrize("value", [[[]] * 3, "x" * 5_000, [10**5_000], {"a": b"\x00"}, "\ud83d\0"])
def test_the_excerpt_of_a_reject_is_short_text(value: object) -> None:
    excerpt = reject(1, "reason", value, 1).excerpt
    assert len(excerpt) <= 200
    excerpt.encode()


def test_the_excerpt_of_what_is_nested_deeply_is_no_error() -> None:
    deep: list[object] = []
    for _level in range(100_000):
        deep = [deep]
    assert reject(1, "reason", deep, 1).excerpt == "a list that cannot be shown"


def test_a_tally_counts_values_apart_from_records() -> None:
    tally = Tally(lines=4, records=10)
    tally.refuse_record(1, 2, "reason", {})
    tally.discard("price", "negative", times=7)
    assert (tally.share, tally.refused(RefusedUnit.VALUE)) == (0.1, 7)


def test_a_sample_of_generated_data_has_nothing_unknown_but_its_quirks(
    sample_data: Path, database: Database
) -> None:
    ingest(database, [sample_data], settings=IngestSettings(processes=1))
    values = {(field, reason) for _file, unit, field, reason, _count in refusals(database) if unit == "value"}
    assert values == {("price", "no amount"), ("release_date", "no year")}
