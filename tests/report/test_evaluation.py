"""Reading back what `nextplay evaluate` prints."""

from pathlib import Path

import pytest

from recommender.evaluation.table import EvaluationTable, Measured
from report import ReportError
from report.evaluation import parse_evaluation, read_evaluation

PRINTED = EvaluationTable(
    players=9_603,
    games=4_151,
    seeds=(1, 2),
    rows=(
        Measured("EASE", ({"recall": 0.5, "ndcg": 0.48}, {"recall": 0.5, "ndcg": 0.46})),
        Measured("Nextplay, as served", ({"recall": 0.51, "ndcg": 0.49}, {"recall": 0.51, "ndcg": 0.49})),
    ),
)


def test_what_is_printed_is_read_back() -> None:
    printed = f"{PRINTED.render()}\n\n| method | NDCG@10 above EASE |\n| --- | --- |\n| EASE | +0.0% |\n"

    found = parse_evaluation(printed)

    assert found is not None
    assert (found.players, found.games, found.seeds) == ("9,603", "4,151", "1, 2")
    assert found.figures == ("Recall@10", "NDCG@10")
    assert found.rows == (("EASE", (0.5, 0.47)), ("Nextplay, as served", (0.51, 0.49)))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "9 players, 4 games, seeds 1\n",
        "9 players, 4 games, seeds 1\n\n| method | a |\n| - | - |\n| x | many |\n",
        "9 players, 4 games, seeds 1\n\n| method | a |\n| - | - |\n| x | .1 | .2 |\n",
    ],
)
def test_anything_else_is_refused_in_one_sentence(text: str, tmp_path: Path) -> None:
    file = tmp_path / "evaluation.md"
    file.write_text(text)

    with pytest.raises(ReportError, match=r"evaluation\.md does not hold what `nextplay evaluate` prints"):
        read_evaluation(file)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match=r"nothing\.md cannot be read: No such file"):
        read_evaluation(tmp_path / "nothing.md")


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "bytes.md").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(ReportError, match=r"bytes\.md cannot be read: it is no text"):
        read_evaluation(tmp_path / "bytes.md")
