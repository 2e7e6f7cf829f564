"""Reviews, and what their texts tell besides the tone."""

import re

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from report.data.languages import guess_language
from store.models import Review

_ROWS_AT_ONCE = 5_000

# Words that describe what happens in a game, and that say nothing of whether it is good.
GAME_WORDS = {
    "kill": "kill kills killed killing killer",
    "war": "war wars warfare",
    "zombie": "zombie zombies",
    "die": "die dies died dying death deaths dead",
    "fight": "fight fights fighting battle battles",
    "shoot": "shoot shoots shooting shooter shooters",
    "gun": "gun guns weapon weapons",
    "enemy": "enemy enemies",
    "horror": "horror scary fear terror",
    "crime": "crime murder steal stealing thief",
}
_WORD_OF = {form: word for word, forms in GAME_WORDS.items() for form in forms.split()}
_ANY = re.compile(rf"\b(?:{'|'.join(_WORD_OF)})\b", re.IGNORECASE)


def read_reviews(session: Session) -> pd.DataFrame:
    """Return a row for each review, without its text.

    Columns: `posted_year` (missing where unknown), `posted_inferred`, `recommend`, `sentiment` (the number of
    a `Sentiment`), `helpful_of`, `length` in characters, `language` (a guess, as `guess_language` makes it)
    and `game_words`, a frozenset of keys of `GAME_WORDS`.
    """
    rows = session.connection().execution_options(yield_per=_ROWS_AT_ONCE)
    chosen = select(
        Review.posted,
        Review.posted_inferred,
        Review.recommend,
        Review.sentiment,
        Review.helpful_of,
        Review.text,
    )
    return pd.DataFrame(
        (
            (
                None if posted is None else posted.year,
                inferred,
                recommend,
                int(sentiment),
                helpful_of,
                len(text),
                guess_language(text).value,
                game_words(text),
            )
            for posted, inferred, recommend, sentiment, helpful_of, text in rows.execute(chosen)
        ),
        columns=[
            "posted_year",
            "posted_inferred",
            "recommend",
            "sentiment",
            "helpful_of",
            "length",
            "language",
            "game_words",
        ],
    ).astype({"posted_year": "float64", "posted_inferred": bool, "recommend": bool, "sentiment": "int64"})


def review_texts(session: Session, sentiment: int) -> list[str]:
    """Return the texts of all reviews of one sentiment."""
    return list(session.scalars(select(Review.text).where(Review.sentiment == sentiment)))


def game_words(text: str) -> frozenset[str]:
    """Return the keys of `GAME_WORDS` of which a text has a form."""
    return frozenset(_WORD_OF[form.lower()] for form in _ANY.findall(text))
