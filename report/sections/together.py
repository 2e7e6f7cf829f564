"""What is owned together."""

from report.blocks import Column, Kind, Plot, Section, Values
from report.data import ReportData
from report.data.libraries import Pair
from report.plots.bars import bars
from report.wording import Wording

_SHOWN = 15
# Fewer common owners could be chance, and would be few people.
LEAST_BOTH = 20


def section(data: ReportData, words: Wording) -> Section:
    """Name the pairs of games that are owned together beyond their popularity, and most often."""
    title = words.gettext("What is owned together")
    strongest = strongest_pairs(data)
    if not strongest:
        return Section(
            "together",
            title,
            lead=words.gettext(
                "No two games have {count} owners in common, too few to compare.",
                count=words.number(LEAST_BOTH),
            ),
        )
    return Section(
        "together",
        title,
        (_by_lift(strongest, words), _by_count(data, words)),
        lead=words.gettext(
            "The {games} most owned games, pair by pair, over {libraries} libraries; pairs with fewer than"
            " {count} common owners are withheld.",
            games=words.number(data.shared.games),
            libraries=words.number(data.shared.libraries),
            count=words.number(LEAST_BOTH),
        ),
    )


def strongest_pairs(data: ReportData) -> list[Pair]:
    """Return the pairs with enough common owners, the one with the highest lift first."""
    enough = [pair for pair in data.shared.pairs if pair.both >= LEAST_BOTH]
    return sorted(enough, key=lambda pair: (-pair.lift, pair.one, pair.other))


def _by_lift(pairs: list[Pair], words: Wording) -> Plot:
    lift = Column("lift", words.gettext("Times as often as by chance"), Kind.NUMBER)
    both = Column("both", words.gettext("Own both"))
    first = pairs[0]
    return Plot(
        "together-lift",
        words.gettext("Pairs that go together most"),
        words.gettext(
            "How many times as many players own both games as would if owning one said nothing of the other"
            " (lift); 1 is chance. Parts of one product or series come first."
        ),
        words.gettext(
            "{one} and {other} are owned together {times} times as often as by chance, by {both} players.",
            one=first.one,
            other=first.other,
            times=words.number(first.lift, 1),
            both=words.number(first.both),
        ),
        _values(pairs[:_SHOWN], (lift, both), words),
        bars(_pair(words), lift, lines=2),
    )


def _by_count(data: ReportData, words: Wording) -> Plot:
    both = Column("both", words.gettext("Own both"))
    lift = Column("lift", words.gettext("Times as often as by chance"), Kind.NUMBER)
    pairs = sorted(data.shared.pairs, key=lambda pair: (-pair.both, pair.one, pair.other))
    first = pairs[0]
    return Plot(
        "together-count",
        words.gettext("Pairs that most players own"),
        words.gettext("Popular games meet in many libraries whether or not they go together."),
        words.gettext(
            "{one} and {other} are the most frequent pair: {both} of {libraries} libraries have both.",
            one=first.one,
            other=first.other,
            both=words.number(first.both),
            libraries=words.number(data.shared.libraries),
        ),
        _values(pairs[:_SHOWN], (both, lift), words),
        bars(_pair(words), both, lines=2),
    )


def _pair(words: Wording) -> Column:
    return Column("pair", words.gettext("Pair"), Kind.TEXT)


def _values(pairs: list[Pair], measures: tuple[Column, ...], words: Wording) -> Values:
    owners = (
        Column("owners", words.gettext("Own the first")),
        Column("other_owners", words.gettext("Own the second")),
    )
    columns = (_pair(words), *measures, *owners)
    rows = tuple(
        (
            f"{pair.one} + {pair.other}",
            *(round(getattr(pair, measure.name), 3) for measure in measures),
            pair.owners,
            pair.other_owners,
        )
        for pair in pairs
    )
    return Values(columns, rows)
