"""Optimisations of a first ingest: how long it takes and how much memory, into an empty store."""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.ablation.variants import Figures, Optimisation, named, replacing
from benchmarks.ingest import refresh
from benchmarks.measuring import apart
from ingest import SteamFiles
from ingest import refresh as whole
from ingest.parse import lines
from ingest.parse.schemas import OWNERS, REVIEWERS
from ingest.score import scorer
from ingest.score.tone import Tone
from ingest.sources.steam_files import libraries, reviews

if TYPE_CHECKING:
    from ingest.score.judge import Judge


def _not_rewritten(_line: bytes) -> None:
    """Say that a line cannot be rewritten to JSON, so that `ast.literal_eval` reads it."""


@cache
def _judge_by_nltk() -> "Judge":
    from nltk.sentiment.vader import VaderConstants

    from ingest.score.judge import Judge
    from ingest.score.vader import Vader

    class ByNltk(Vader):
        def __init__(self) -> None:
            super().__init__()
            self.constants = VaderConstants()

        def compound(self, text: str) -> float:
            return float(self.polarity_scores(text)["compound"])

    return Judge(ByNltk())


def score_by_nltk(texts: Sequence[scorer.Text]) -> list[Tone]:
    """Judge texts with the compound as NLTK works it out by itself."""
    judge = _judge_by_nltk()
    return [judge.tone(text, language) for text, language in texts]


OPTIMISATIONS = (
    Optimisation(
        "lines rewritten to JSON (ast.literal_eval)",
        replacing(
            (libraries, "OWNERS", replace(OWNERS, to_json=_not_rewritten)),
            (reviews, "REVIEWERS", replace(REVIEWERS, to_json=_not_rewritten)),
            (lines, "literal_to_json", _not_rewritten),
        ),
    ),
    Optimisation(
        "scoring in a second process", replacing((scorer.Scorer, "_may_start_processes", lambda _: False))
    ),
    Optimisation("own way to VADER's compound (NLTK's)", replacing((scorer, "score_all", score_by_nltk))),
    Optimisation("garbage collection paused", replacing((whole, "gc_paused", nullcontext))),
)
NAMES = [optimisation.name for optimisation in OPTIMISATIONS]


def measurer(sources: SteamFiles, folder: Path) -> Callable[[str], Figures]:
    """Return what ingests `sources` into an empty store below `folder` without one optimisation."""

    def measure(name: str) -> Figures:
        file = folder / "ingest" / "nextplay.sqlite3"
        file.parent.mkdir(exist_ok=True)
        for part in file.parent.glob("*"):
            part.unlink()
        measured = apart(ingested, file, sources, name)
        return Figures({"seconds": measured.seconds, "peak memory, MB": measured.peak})

    return measure


def ingested(file: Path, sources: SteamFiles, name: str) -> None:
    """Ingest into the store `file` without one optimisation."""
    with named(OPTIMISATIONS, name):
        refresh(file, sources, with_training=False)
