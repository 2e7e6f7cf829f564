"""The recommender: how well it finds games, how much of the catalogue it reaches, and how popular that is."""

from dataclasses import dataclass

import numpy as np

from report.blocks import Block, Column, Kind, Plot, Section, Table, Values
from report.data import ReportData
from report.data.recommendations import FIRST
from report.evaluation import Evaluation
from report.plots.bars import bars, dumbbells
from report.wording import Wording
from store.models import NeighbourBasis

# The figure by which methods are drawn; the table has all.
_DRAWN = "NDCG@10"
_SHARES_OF_GAMES = (0.01, 0.05, 0.2)


@dataclass(frozen=True, slots=True)
class Reach:
    """How far recommendations reach.

    Attributes:
        lists: How many players got a list.
        recommended: How many different games stand in the lists.
        owned: How many games anybody owns.
        bands: Of the most owned games up to each share of all that are owned, their shares of all
            recommendations and of all owned games.
    """

    lists: int
    recommended: int
    owned: int
    bands: tuple[tuple[float, float, float], ...]


def reach(data: ReportData) -> Reach | None:
    """Return how far the recommendations to the sampled players reach; None if there are none."""
    times = data.recommended.times
    owned = data.games[data.games["owners"] > 0].sort_values(["owners", "id"], ascending=[False, True])
    if not times or owned.empty:
        return None
    in_lists = np.array([times.get(int(app), 0) for app in owned["id"]])
    owners = owned["owners"].to_numpy()
    # What nobody owns is recommended only by its description; it counts among all recommendations.
    total = times.total()
    bands, start = [], 0
    for share in (*_SHARES_OF_GAMES, 1.0):
        end = max(start, int(np.ceil(share * len(owned))))
        bands.append(
            (share, float(in_lists[start:end].sum() / total), float(owners[start:end].sum() / owners.sum()))
        )
        start = end
    return Reach(data.recommended.answered, len(times), len(owned), tuple(bands))


def section(data: ReportData, evaluation: Evaluation | None, words: Wording) -> Section:
    """Show how well the recommender does, what it reaches, and how popular what it recommends is."""
    blocks: list[Block] = []
    sentences = [_on_neighbours(data, words)]
    found = reach(data)
    if found is not None:
        blocks.append(_popularity(found, words))
        sentences.append(_on_coverage(found, data, words))
    if evaluation is not None:
        blocks.extend(_evaluation(evaluation, words))
    else:
        sentences.append(
            words.gettext(
                "The store keeps no evaluation: “nextplay evaluate > evaluation.md” makes one, and"
                " “nextplay report --evaluation evaluation.md” shows it here."
            )
        )
    return Section("recommender", words.gettext("The recommender"), tuple(blocks), lead=" ".join(sentences))


def _on_neighbours(data: ReportData, words: Wording) -> str:
    by_basis = data.recommended.by_basis
    if not by_basis:
        return words.gettext("No neighbours have been learned yet; “nextplay train” does.")
    libraries = by_basis.get(NeighbourBasis.LIBRARIES, 0)
    content = by_basis.get(NeighbourBasis.CONTENT, 0)
    return words.gettext(
        "{all} games have neighbours and can be recommended: {libraries} by who owns them, and {content} by"
        " their description alone, since fewer than two players own them.",
        all=words.number(libraries + content),
        libraries=words.number(libraries),
        content=words.number(content),
    )


def _on_coverage(found: Reach, data: ReportData, words: Wording) -> str:
    return words.gettext(
        "A sample of {players} players was asked for, spread evenly over all who own a game: the first"
        " {count} games of each name {games} different games, {share} of those with neighbours.",
        players=words.number(found.lists),
        count=words.number(FIRST),
        games=words.number(found.recommended),
        share=words.share(found.recommended, sum(data.recommended.by_basis.values())),
    )


def _popularity(found: Reach, words: Wording) -> Plot:
    columns = (
        Column("games", words.gettext("Games by number of owners"), Kind.TEXT),
        Column("recommended", words.gettext("Share of recommendations"), Kind.SHARE),
        Column("owned", words.gettext("Share of owned games"), Kind.SHARE),
    )
    labels = [
        words.gettext("the most owned {share}", share=words.share(_SHARES_OF_GAMES[0])),
        *(
            words.gettext("the next, up to {share}", share=words.share(share))
            for share in _SHARES_OF_GAMES[1:]
        ),
        words.gettext("all other games"),
    ]
    rows = tuple(
        (label, recommended, owned)
        for label, (_, recommended, owned) in zip(labels, found.bands, strict=True)
    )
    first = found.bands[0]
    return Plot(
        "recommended-popularity",
        words.gettext("How popular what is recommended is"),
        words.gettext(
            "Games in four groups by how many own them: their share of recommendations beside their share of"
            " all libraries. Where the first point is to the right, recommending favours the group."
        ),
        words.gettext(
            "The most owned 1% of games are {recommended} of what is recommended and {owned} of what is"
            " owned.",
            recommended=words.share(first[1]),
            owned=words.share(first[2]),
        ),
        Values(columns, rows),
        dumbbells(*columns),
    )


def _evaluation(evaluation: Evaluation, words: Wording) -> tuple[Block, ...]:
    drawn = evaluation.figures.index(_DRAWN) if _DRAWN in evaluation.figures else 0
    method = Column("method", words.gettext("Method"), Kind.TEXT)
    figure = Column("figure", evaluation.figures[drawn], Kind.PRECISE)
    ordered = sorted(evaluation.rows, key=lambda row: -row[1][drawn])
    best = ordered[0]
    table = Table(
        "evaluation-figures",
        words.gettext("All figures"),
        Values(
            (
                method,
                *(Column(f"figure{at}", name, Kind.PRECISE) for at, name in enumerate(evaluation.figures)),
            ),
            tuple((name, *figures) for name, figures in evaluation.rows),
        ),
    )
    plot = Plot(
        "evaluation",
        words.gettext("Finding hidden games"),
        words.gettext(
            "A fifth of each held-out player's games is hidden; {figure} says how far up they are found, 0"
            " to 1. Means over the seeds {seeds}, of {players} players and {games} games.",
            figure=evaluation.figures[drawn],
            seeds=evaluation.seeds,
            players=evaluation.players,
            games=evaluation.games,
        ),
        words.gettext(
            "{method} is best, with {value}.", method=best[0], value=words.number(best[1][drawn], 3)
        ),
        Values((method, figure), tuple((name, figures[drawn]) for name, figures in ordered)),
        bars(method, figure),
    )
    return plot, table
