"""The scores that the store knows already."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from ingest.score.scorer import text_digest
from store.models import Review


def known_scores(session: Session) -> dict[bytes, float]:
    """Return the VADER compound of each review text in the store, by `text_digest`."""
    rows = session.execute(select(Review.text, Review.sentiment_score))
    return {text_digest(text): score for text, score in rows}
