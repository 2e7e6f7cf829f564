"""The tones that the store knows already."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from ingest.score.scorer import text_digest
from ingest.score.tone import Tone
from store.models import Review

_ENGLISH = "en"


def known_tones(session: Session) -> dict[bytes, Tone]:
    """Return the tone of each review text in the store, by `text_digest`.

    It holds where no source says the language, and where one says what it was judged by.
    """
    rows = session.execute(select(Review.text, Review.sentiment_score, Review.tone, Review.language))
    tones: dict[bytes, Tone] = {}
    for text, score, judged, language in rows:
        tone = Tone(score, judged, language)
        tones[text_digest(text)] = tones[text_digest(text, language or _ENGLISH)] = tone
    return tones
