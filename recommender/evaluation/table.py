"""The result of an evaluation: figures of every method, and the table that shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

from recommender.evaluation.tasks import Figures

# The columns of the rendered table, by the name of the figure.
COLUMNS = {
    "recall": "Recall@10",
    "ndcg": "NDCG@10",
    "hit_rate": "Hit@10",
    "catalogue_coverage": "Coverage@10",
    "played_recall": "played Recall@10",
    "played_ndcg": "played NDCG@10",
    "played_hit_rate": "played Hit@10",
    "similar_ndcg": "similar NDCG@5",
    "similar_hit_rate": "similar Hit@5",
    "cold_auc": "new AUC",
    "cold_recall": "new Recall@10",
}
# What `EvaluationTable.render_gains` compares.
_GAINS = ("ndcg", "played_ndcg")


@dataclass(frozen=True, slots=True)
class Measured:
    """One method's figures, one dictionary a seed, by the names of `COLUMNS`; all are 0 to 1."""

    method: str
    by_seed: tuple[Figures, ...]

    def mean(self, figure: str) -> float:
        """Return the mean over the seeds."""
        return fmean(figures[figure] for figures in self.by_seed)

    def spread(self, figure: str) -> float:
        """Return the standard deviation over the seeds, 0 for a single one."""
        values = [figures[figure] for figures in self.by_seed]
        return stdev(values) if len(values) > 1 else 0.0


@dataclass(frozen=True, slots=True)
class EvaluationTable:
    """All methods, measured on the same splits. `players` and `games` are those that take part."""

    players: int
    games: int
    seeds: tuple[int, ...]
    rows: tuple[Measured, ...]

    def __getitem__(self, method: str) -> Measured:
        """Return one method's figures. Raises KeyError if it was not measured."""
        for row in self.rows:
            if row.method == method:
                return row
        raise KeyError(method)

    def render(self) -> str:
        """Return the table as Markdown: mean and, after ±, standard deviation over the seeds."""
        shown = [name for name in COLUMNS if all(name in row.by_seed[0] for row in self.rows)]
        lines = [["method", *(COLUMNS[name] for name in shown)]]
        for row in self.rows:
            lines.append([row.method, *(_figure(row.mean(name), row.spread(name)) for name in shown)])
        seeds = ", ".join(map(str, self.seeds))
        return f"{self.players:,} players, {self.games:,} games, seeds {seeds}\n\n{markdown(lines)}"

    def render_gains(self, base: str) -> str:
        """Return, as Markdown, how far each method is above `base`: by the means, and by the seeds.

        Raises KeyError if `base` was not measured.
        """
        of_base = self[base]
        lines = [
            ["method", *(f"{COLUMNS[name]}{more}" for name in _GAINS for more in ("", f" above {base}"))]
        ]
        for row in self.rows:
            cells = [row.method]
            for name in _GAINS:
                by_seed = [
                    there[name] / here[name] - 1
                    for there, here in zip(row.by_seed, of_base.by_seed, strict=True)
                ]
                gain = row.mean(name) / of_base.mean(name) - 1
                cells.append(f"{row.mean(name):.4f}".replace("0.", "."))
                cells.append(f"{gain:+.1%} ({min(by_seed):+.1%} to {max(by_seed):+.1%})")
            lines.append(cells)
        return markdown(lines)


def markdown(lines: Sequence[Sequence[str]]) -> str:
    """Return the lines, of which the first is the header, as a table."""
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    ruled = [lines[0], ["-" * width for width in widths], *lines[1:]]
    return "\n".join(_line(line, widths) for line in ruled)


def _figure(mean: float, spread: float) -> str:
    return f"{mean:.3f} ±{spread:.3f}".replace("0.", ".")


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) + " |"
