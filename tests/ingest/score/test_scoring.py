"""Reviews are scored exactly as NLTK's own analyzer scores them, whatever way is taken."""

import json
import multiprocessing
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from nltk.sentiment.vader import VaderConstants

from ingest.errors import IngestError
from ingest.score.lexicon import lexicon_path
from ingest.score.scorer import Scorer, Text, score_all, text_digest
from ingest.score.tone import Tone, classify
from ingest.score.vader import Vader
from ingest.sources.source import Kind
from ingest.sources.steam_files import Role
from ingest.sources.steam_files.reading import Reading
from ingest.sources.steam_files.reviews import read_reviews
from ingest.sources.steam_files.source_file import SourceFile
from store.models import Sentiment
from store.runs import SilentProgress

vader = Vader()
by_nltk = Vader()
by_nltk.constants = VaderConstants()  # as NLTK has them

WORDS = [
    *(
        "good",
        "GREAT",
        "bad",
        "awful",
        "love",
        "kind",
        "kind of",
        "of",
        "so",
        "this",
        "never",
        "not",
        "isn't",
    ),
    *(
        "least",
        "at least",
        "very",
        "VERY",
        "barely",
        "but",
        "But",
        "game",
        "the shit",
        "bad ass",
        "yeah right",
    ),
    *(
        "good,",
        ",good",
        "'good'",
        "good!!!",
        "(good)",
        "good's",
        ":)",
        ":D",
        "don't",
        "a",
        "without",
        "kiss of",
    ),
]
sentences = st.lists(st.sampled_from(WORDS) | st.text(max_size=6), max_size=14).map(" ".join)


@given(sentences)
@example("Kind of good, kind of bad, but never so good!!!")
@example("")
@example("!!! ???")
@example("\x85good\u2028bad\x1fgreat")
def test_the_faster_way_gives_the_score_of_nltk(text: str) -> None:
    assert vader.compound(text) == by_nltk.polarity_scores(text)["compound"]


def test_the_lexicon_is_part_of_the_installation() -> None:
    assert lexicon_path().name == "vader_lexicon.txt"
    assert vader.lexicon["good"] == 1.9
    assert len(vader.lexicon) > 7000


@pytest.mark.parametrize(
    ("compound", "sentiment"),
    [
        (1.0, Sentiment.POSITIVE),
        (0.05, Sentiment.POSITIVE),
        (0.0499, Sentiment.NEUTRAL),
        (0.0, Sentiment.NEUTRAL),
        (-0.0499, Sentiment.NEUTRAL),
        (-0.05, Sentiment.NEGATIVE),
    ],
)
def test_a_score_is_classed_by_the_thresholds_of_vader(compound: float, sentiment: Sentiment) -> None:
    assert classify(compound) is sentiment


def add_all(scorer: Scorer, texts: Iterable[Text]) -> None:
    for text in texts:
        scorer.add(*text)


def test_scores_come_in_the_order_of_the_texts_and_known_ones_are_believed() -> None:
    texts = [("good", None), ("", None), ("bad", None), ("good", None)]
    known = Tone(0.25, None, "de")
    with Scorer({text_digest("bad"): known}, processes=1) as scorer:
        add_all(scorer, texts)
        tones = scorer.finish(SilentProgress())
    good = Tone(vader.compound("good"), Sentiment.POSITIVE)
    assert tones == [good, Tone(0.0, Sentiment.NEUTRAL), known, good]


def test_a_language_that_the_source_says_settles_whether_the_tone_is_judged() -> None:
    texts = [("good game", "de"), ("Das Spiel ist wirklich gut und macht sehr viel Freude", "en")]
    with Scorer({}, processes=1) as scorer:
        add_all(scorer, texts)
        foreign, english = scorer.finish(SilentProgress())
    assert (foreign.judged, foreign.language) == (None, "de")
    assert (english.judged, english.language) == (classify(english.score), None)


@pytest.fixture
def many_texts() -> list[Text]:
    """So many texts that other processes score them."""
    return [(f"good game number {number}", None) for number in range(5_000)]


@pytest.mark.slow
def test_other_processes_give_the_same_scores_and_begin_while_texts_are_added(many_texts: list[Text]) -> None:
    with Scorer({}, processes=2) as scorer:
        add_all(scorer, many_texts[:-1])
        assert multiprocessing.active_children()
        add_all(scorer, many_texts[-1:])
        scores = scorer.finish(SilentProgress())
    assert scores == score_all(many_texts)


@pytest.mark.slow
def test_a_program_read_from_standard_input_scores_too(many_texts: list[Text]) -> None:
    program = f"""
from store.runs import SilentProgress
from ingest.score.scorer import Scorer
with Scorer({{}}, processes=2) as scorer:
    for text in {many_texts!r}:
        scorer.add(*text)
    print([tone.score for tone in scorer.finish(SilentProgress())])
"""
    done = subprocess.run([sys.executable], input=program, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [tone.score for tone in score_all(many_texts)]


@pytest.mark.faults
def test_a_process_that_dies_ends_the_run_with_a_sentence(many_texts: list[Text]) -> None:
    with Scorer({}, processes=2) as scorer:
        add_all(scorer, many_texts)
        pool = scorer._pool
        assert isinstance(pool, ProcessPoolExecutor)
        for worker in pool._processes:
            os.kill(worker, signal.SIGKILL)
        with pytest.raises(IngestError, match="A process that scores reviews was stopped"):
            scorer.finish(SilentProgress())


def score_for_ever(line: Connection) -> None:
    with Scorer({}, processes=2) as scorer:
        add_all(scorer, [(f"good game number {number}", None) for number in range(100_000)])
        line.send([process.pid for process in multiprocessing.active_children()])
        time.sleep(600)


@pytest.mark.faults
@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="needs Linux, which can wait for any process")
def test_no_process_outlives_a_run_that_is_killed() -> None:
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    run = spawn.Process(target=score_for_ever, args=(theirs,))
    run.start()
    (worker,) = ours.recv()
    handle = os.pidfd_open(worker)
    run.kill()
    run.join()
    ended, _, _ = select.select([handle], [], [], 60)
    os.close(handle)
    assert ended


@pytest.mark.real_data
def test_real_reviews_score_as_nltk_scores_them(real_data: Path) -> None:
    file = SourceFile(real_data / "user_reviews.json.gz", SilentProgress())
    reviews = list(read_reviews(Reading(Role.REVIEWS, Kind.REVIEWS, file), 2016))
    # Every fifth: NLTK takes a millisecond for each.
    texts = sorted({review.text for review in reviews})[::5]
    assert len(texts) > 10_000
    assert [text for text in texts if vader.compound(text) != by_nltk.polarity_scores(text)["compound"]] == []
