"""The split, the figures and the table."""

import numpy as np
import pytest

from recommender.data.content import Content, content_of
from recommender.data.libraries import Libraries
from recommender.data.words import Words
from recommender.evaluation import Method, evaluate, never_tested, ours, peers
from recommender.evaluation.metrics import auc, quality, top
from recommender.evaluation.peers.base import Fitted
from recommender.evaluation.split import eligible, split
from recommender.evaluation.table import EvaluationTable, Measured
from recommender.evaluation.tasks import cold_games
from tests.recommender.worlds import PUZZLES, SHOOTERS, two_tastes

pytestmark = pytest.mark.slow

LIBRARIES = two_tastes(200)
_GAMES = np.array([*SHOOTERS, *PUZZLES], np.int32)
CONTENT = content_of(_GAMES, {"tag": Words(_GAMES.astype(np.int64), np.repeat([0, 1], 10))})


def _entries(libraries: Libraries) -> set[tuple[int, int]]:
    players = np.repeat(libraries.player_ids, libraries.sizes).tolist()
    return set(zip(players, libraries.game_ids[libraries.columns].tolist(), strict=True))


def test_a_split_loses_nothing_and_no_tested_player_is_trained_on() -> None:
    dealt = split(LIBRARIES, seed=3)
    parts = [_entries(part) for part in (dealt.train, dealt.known, dealt.hidden)]
    assert set.union(*parts) == _entries(LIBRARIES)
    assert sum(map(len, parts)) == len(_entries(LIBRARIES))
    assert not set(dealt.train.player_ids) & set(dealt.known.player_ids)
    assert (dealt.hidden.sizes == 1).all()  # a fifth of six games
    assert len(dealt.known.player_ids) == 20


def test_who_is_tuned_on_is_tested_by_no_seed() -> None:
    tuned_on = set(never_tested(LIBRARIES, (1, 2, 3)).player_ids)
    for seed in (1, 2, 3):
        assert not tuned_on & set(split(LIBRARIES, seed).known.player_ids)


def test_only_players_with_five_games_take_part() -> None:
    few = LIBRARIES.where(np.arange(len(LIBRARIES.columns)) % 6 < 4)
    assert len(eligible(few).player_ids) == 0
    with pytest.raises(ValueError, match="No player has enough games"):
        evaluate(few, CONTENT, methods=peers())


def test_the_figures_are_those_worked_out_by_hand() -> None:
    scores = np.array([[4, 3, 2, 1], [4, 3, 2, 1]], np.float32)
    relevant = np.array([[False, True, False, True], [True, False, False, False]])
    found = quality(top(scores, 2), relevant)
    assert found.recall == pytest.approx((0.5 + 1) / 2)
    assert found.hit_rate == 1
    second, ideal = 1 / np.log2(3), 1 + 1 / np.log2(3)
    assert found.ndcg == pytest.approx((second / ideal + 1) / 2)


def test_equal_scores_beat_half_and_the_order_of_games_decides_the_list() -> None:
    tied = np.zeros((1, 5), np.float32)
    everything = np.ones((1, 5), bool)
    assert auc(tied, everything, np.eye(1, 5, 2, dtype=bool)) == 0.5
    assert top(tied, 3).tolist() == [[0, 1, 2]]


def test_learning_beats_popularity_and_the_table_serves_what_the_matrix_says() -> None:
    named = {method.name: method for method in peers() + ours()}
    chosen = [named[name] for name in ("popularity", "EASE", "Nextplay, full matrix", "Nextplay, as served")]
    table = evaluate(LIBRARIES, CONTENT, methods=chosen, seeds=(1, 2))
    popularity, ease, full, served = (table[method.name] for method in chosen)
    assert ease.mean("ndcg") > popularity.mean("ndcg")
    assert served.mean("ndcg") == pytest.approx(full.mean("ndcg"), abs=0.005)
    header, rule, *rows = table.render().splitlines()[2:]
    assert len(rows) == 4
    assert {len(line) for line in (header, rule, *rows)} == {len(header)}
    assert "NDCG@10" in header


def test_gains_are_of_the_means_and_of_each_seed() -> None:
    base = Measured("EASE", ({"ndcg": 0.4, "played_ndcg": 0.2}, {"ndcg": 0.6, "played_ndcg": 0.3}))
    ours = Measured("ours", ({"ndcg": 0.5, "played_ndcg": 0.2}, {"ndcg": 0.6, "played_ndcg": 0.4}))
    table = EvaluationTable(10, 20, (1, 2), (base, ours))
    *_, of_base, of_ours = table.render_gains("EASE").splitlines()
    assert of_base.count("+0.0% (+0.0% to +0.0%)") == 2
    cells = [cell.strip() for cell in of_ours.strip("|").split("|")]
    assert cells == ["ours", ".5500", "+10.0% (+0.0% to +25.0%)", ".3000", "+20.0% (+0.0% to +33.3%)"]


def test_a_game_taken_from_all_libraries_is_still_ranked_by_taste() -> None:
    # Of twenty games two are taken out; these seeds take one of each taste.
    seeds = [seed for seed in range(20) if _cold_tastes(seed) == 2][:2]
    table = evaluate(LIBRARIES, CONTENT, methods=[peers()[0], ours()[1]], seeds=seeds)
    assert table["popularity"].mean("cold_auc") == 0.5
    assert table["Nextplay, as served"].mean("cold_auc") > 0.7


def _cold_tastes(seed: int) -> int:
    cold = cold_games(split(LIBRARIES, seed).train, CONTENT, seed)
    return len({game in SHOOTERS for game in LIBRARIES.game_ids[cold].tolist()})


def test_nothing_of_the_hidden_games_reaches_a_method() -> None:
    seen: list[set[tuple[int, int]]] = []
    dealt = split(LIBRARIES, seed=1)

    def spy(libraries: Libraries, content: Content) -> Fitted:
        seen.append(_entries(libraries))
        return peers()[0].fit(libraries, content)

    evaluate(LIBRARIES, CONTENT, methods=[Method("spy", spy)], seeds=(1,))
    assert len(seen) == 2
    assert all(not entries & _entries(dealt.hidden) for entries in seen)
