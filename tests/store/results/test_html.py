"""Results in a notebook: small tables in which no name from the data is markup."""

from collections.abc import Callable
from dataclasses import is_dataclass
from html.parser import HTMLParser
from typing import Any

import pytest
from sqlalchemy.orm import Session

from store import Database, queries, results
from store.models import GameKind, NameKind
from store.results import (
    Because,
    GameRanking,
    GameRef,
    RankedGame,
    Recommendation,
    Recommendations,
    ReviewTexts,
)
from store.results.result import Result

HOSTILE = "</td></table><script>alert(1)</script>\" onerror='x' &amp;"


class Shown(HTMLParser):
    """Checks that tags close in order, and collects the text of cells, their number and the tags."""

    def __init__(self, result: Any) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.rows = 0
        self.text = ""
        self.size = len(html := result._repr_html_())
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert attrs == []
        self.open.append(tag)
        self.tags.add(tag)
        self.rows += tag == "tr"

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += f"{data}\n"


def suggestions(count: int, title: str = "Portal") -> Recommendations:
    game = GameRef(400, title, GameKind.GAME, 2007, None)
    return Recommendations(Recommendation(game, 0.123456, Because()) for _ in range(count))


def test_every_result_is_shown_in_the_same_way() -> None:
    exported = [getattr(results, name) for name in results.__all__]
    classes = [kind for kind in exported if isinstance(kind, type)]
    kinds = [kind for kind in classes if is_dataclass(kind) or issubclass(kind, tuple)]
    assert len(kinds) > 30
    assert [kind for kind in kinds if not issubclass(kind, Result)] == []


ASKED: list[Callable[[Session], Any]] = [
    lambda session: queries.game(session, "Portal 2"),
    lambda session: queries.developer(session, "Valve"),
    lambda session: queries.compare_games(session, "Portal", "Portal 2"),
    queries.data_status,
    lambda session: queries.genre_hours(session, "Action"),
    lambda session: queries.recommend_group(
        session, [choice.value for choice in queries.complete(session, NameKind.PLAYER, "", 3)]
    ),
    lambda session: queries.review_texts(session, developer="Valve"),
    lambda session: queries.top_games(session, "hours"),
    lambda session: queries.users_recommend(session, 2014),
]


@pytest.mark.parametrize("ask", ASKED)
def test_answers_are_small_tables(sample_store: Database, ask: Callable[[Session], Any]) -> None:
    with sample_store.reader() as session:
        shown = Shown(ask(session))
    assert shown.rows >= 2
    assert shown.size < 50_000


def test_a_list_is_a_table_with_a_row_for_each() -> None:
    shown = Shown(suggestions(3))
    assert shown.rows == 4
    assert "400 · Portal · game · 2007" in shown.text
    assert "0.1235" in shown.text


def test_a_long_list_is_cut_and_says_so() -> None:
    shown = Shown(suggestions(1000))
    assert shown.rows == 21
    assert "and 980 more" in shown.text


def test_an_empty_list_says_that_it_is_empty() -> None:
    assert "nothing" in Shown(Recommendations()).text


def test_what_is_unknown_is_a_dash() -> None:
    assert "–" in Shown(GameRef(7, "Made up", GameKind.GAME, None, None)).text.splitlines()


@pytest.mark.parametrize(
    "result",
    [
        suggestions(2, HOSTILE),
        GameRanking((RankedGame(1, GameRef(7, HOSTILE, GameKind.GAME, None, None), 3),)),
        GameRef(7, HOSTILE, GameKind.GAME, None, None),
        ReviewTexts(HOSTILE, 2, (HOSTILE, HOSTILE)),
    ],
)
def test_a_name_cannot_break_out_of_its_cell(result: Any) -> None:
    shown = Shown(result)
    assert "script" not in shown.tags
    assert "<script>alert(1)</script>" in shown.text


def test_a_long_text_is_cut() -> None:
    assert Shown(GameRef(7, "x" * 100_000, GameKind.GAME, None, None)).size < 1000
