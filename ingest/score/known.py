"""The tones that the store knows already."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from ingest.score.scorer import text_digest
from ingest.score.tone import Tone
from store.models import Review


def known_tones(session: Session) -> dict[bytes, Tone]:
    """Return the tone of each review text in the store, by `text_digest`."""
    rows = session.execute(select(Review.text, Review.sentiment_score, Review.tone, Review.language))
    return {text_digest(text): Tone(score, judged, language) for text, score, judged, language in rows}
