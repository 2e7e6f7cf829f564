"""VADER questioned: where the tone of a text and the recommendation of its writer disagree."""

import pandas as pd

from report.agreement import (
    LEAST_REVIEWS,
    Group,
    by_language,
    by_word,
    confusion,
    group,
    with_and_without,
)
from report.blocks import Column, Kind, Plot, Section, Table, Values
from report.data import ReportData
from report.data.languages import Language
from report.plots.bars import dumbbells
from report.sections.reviews import TONES
from report.wording import Wording
from store.models import Sentiment

_LENGTHS = (1, 25, 100, 250, 1_000)


def section(data: ReportData, words: Wording) -> Section:
    """Show how tone and recommendation fit, by length, language and the words of games."""
    title = words.gettext("Tone questioned")
    reviews = data.reviews
    if reviews.empty:
        return Section("tone", title, lead=words.gettext("Without reviews there is no tone to question."))
    return Section(
        "tone",
        title,
        (
            _agreement(reviews, words),
            _by_length(reviews, words),
            _by_language(reviews, words),
            _by_word(reviews, words),
        ),
        lead=" ".join((_verdict(reviews, words), _consequence(reviews, words))),
    )


def _verdict(reviews: pd.DataFrame, words: Wording) -> str:
    found = confusion(reviews)
    return words.gettext(
        "VADER reads the tone of a text from a lexicon of English words; the recommendation is the writer's"
        " own verdict. In {agreeing} of {total} reviews the two agree, in {opposed} they contradict each"
        " other, and in the rest the tone is neutral.",
        agreeing=words.share(found.agreeing, found.total),
        total=words.number(found.total),
        opposed=words.share(found.opposed, found.total),
    )


def _consequence(reviews: pd.DataFrame, words: Wording) -> str:
    found = confusion(reviews)
    caught = found.counts[False][Sentiment.NEGATIVE]
    if found.against < LEAST_REVIEWS or 2 * caught > found.against:
        return ""
    return words.gettext(
        "Of the {against} reviews that advise against a game only {share} are negative in tone: a tone does"
        " not stand in for a verdict, so praise and panning go by recommendations on this page.",
        against=words.number(found.against),
        share=words.share(caught, found.against),
    )


def _agreement(reviews: pd.DataFrame, words: Wording) -> Table:
    found = confusion(reviews)
    rows = []
    for choice, name in (
        (True, words.gettext("Recommended")),
        (False, words.gettext("Not recommended")),
    ):
        counts = found.counts[choice]
        total = sum(counts.values())
        shares = (counts[tone] / total if total else None for tone in TONES)
        rows.append((name, total, *(counts[tone] for tone in TONES), *shares))
    names = (words.gettext("Negative"), words.gettext("Neutral"), words.gettext("Positive"))
    keys = ("negative", "neutral", "positive")
    return Table(
        "tone-agreement",
        words.gettext("Tone against recommendation"),
        Values(
            (
                Column("recommendation", words.gettext("Recommendation"), Kind.TEXT),
                Column("reviews", words.gettext("Reviews")),
                *(Column(key, name) for key, name in zip(keys, names, strict=True)),
                *(
                    Column(f"{key}_share", words.gettext("{tone}, share", tone=name), Kind.SHARE)
                    for key, name in zip(keys, names, strict=True)
                ),
            ),
            tuple(rows),
        ),
    )


def _by_length(reviews: pd.DataFrame, words: Wording) -> Plot:
    groups = []
    for least, end in zip(_LENGTHS, (*_LENGTHS[1:], None), strict=True):
        longer = reviews["length"] >= least
        if end is None:
            name = words.gettext("{least} characters or more", least=words.number(least))
            groups.append(group(name, reviews[longer]))
        else:
            name = words.gettext(
                "{least} to {most} characters", least=words.number(least), most=words.number(end - 1)
            )
            groups.append(group(name, reviews[longer & (reviews["length"] < end)]))
    known = [found for found in groups if found]
    summary = _too_few(words)
    if known:
        worst = max(known, key=lambda found: found.opposed)
        summary = words.gettext(
            "Tone and verdict contradict each other most in reviews of {group}: in {share} of {reviews}.",
            group=worst.name,
            share=words.share(worst.opposed),
            reviews=words.number(worst.reviews),
        )
    return _plot(
        "tone-length",
        words,
        known,
        title=words.gettext("By length of the review"),
        caption=words.gettext(
            "The further the two points are apart, the less the tone tells of the verdict."
        ),
        summary=summary,
    )


def _by_language(reviews: pd.DataFrame, words: Wording) -> Plot:
    found = by_language(reviews)
    names = _language_names(words)
    known = [
        Group(names[language], one.reviews, one.against, one.negative, one.neutral, one.opposed)
        for language, one in sorted(found.items(), key=lambda entry: -entry[1].reviews)
    ]
    english = found.get(Language.ENGLISH)
    foreign = [one for language, one in found.items() if language not in (Language.ENGLISH, Language.UNKNOWN)]
    summary = _too_few(words)
    if known:
        summary = words.gettext(
            "{language} is the largest group, with {share} of all reviews.",
            language=known[0].name,
            share=words.share(known[0].reviews, len(reviews)),
        )
    if english and foreign:
        others = sum(one.reviews for one in foreign)
        neutral = sum(one.neutral * one.reviews for one in foreign) / others
        if neutral > english.neutral:
            summary += " " + words.gettext(
                "VADER knows no other language: {neutral} of the {reviews} reviews in another one are"
                " neutral to it, of the English ones {english}.",
                neutral=words.share(neutral),
                reviews=words.number(others),
                english=words.share(english.neutral),
            )
    return _plot(
        "tone-language",
        words,
        known,
        title=words.gettext("By language of the review, as guessed"),
        caption=words.gettext(
            "Guessed by the commonest words of each language, or by the script; short texts often stay"
            " unknown."
        ),
        summary=summary,
    )


def _by_word(reviews: pd.DataFrame, words: Wording) -> Plot:
    known = by_word(reviews)
    summary = _too_few(words)
    both = with_and_without(reviews)
    if known and both:
        having, others = both
        summary = words.gettext(
            "Reviews with such a word are negative in tone in {negative} of {reviews} cases, the others in"
            " {others}; {against} and {others_against} advise against the game.",
            negative=words.share(having.negative),
            reviews=words.number(having.reviews),
            others=words.share(others.negative),
            against=words.share(having.against),
            others_against=words.share(others.against),
        )
        if having.negative - others.negative > max(0.0, having.against - others.against):
            summary += " " + words.gettext(
                "The lexicon takes what happens in a game for the writer's mood: tones of genres about"
                " fighting are too low, and genres should not be ranked by them alone."
            )
    return _plot(
        "tone-words",
        words,
        known,
        title=words.gettext("By words that describe games"),
        caption=words.gettext(
            "Reviews in English or not that use any form of the word, such as “killed” for “kill”; the"
            " widest gap first."
        ),
        summary=summary,
    )


def _too_few(words: Wording) -> str:
    return words.gettext(
        "No group has {count} reviews, too few to compare.", count=words.number(LEAST_REVIEWS)
    )


def _plot(name: str, words: Wording, groups: list[Group], *, title: str, caption: str, summary: str) -> Plot:
    columns = (
        Column("group", words.gettext("Reviews"), Kind.TEXT),
        Column("negative", words.gettext("Negative in tone"), Kind.SHARE),
        Column("against", words.gettext("Advise against"), Kind.SHARE),
        Column("opposed", words.gettext("Contradict each other"), Kind.SHARE),
        Column("neutral", words.gettext("Neutral in tone"), Kind.SHARE),
        Column("reviews", words.gettext("Number of reviews")),
    )
    rows = tuple(
        (one.name, one.negative, one.against, one.opposed, one.neutral, one.reviews) for one in groups
    )
    caption += " " + words.gettext(
        "Groups of fewer than {count} reviews are withheld.", count=words.number(LEAST_REVIEWS)
    )
    return Plot(name, title, caption, summary, Values(columns, rows), dumbbells(*columns[:3]))


def _language_names(words: Wording) -> dict[Language, str]:
    return {
        Language.ENGLISH: words.gettext("English"),
        Language.SPANISH: words.gettext("Spanish"),
        Language.PORTUGUESE: words.gettext("Portuguese"),
        Language.GERMAN: words.gettext("German"),
        Language.FRENCH: words.gettext("French"),
        Language.OTHER_SCRIPT: words.gettext("Another script than Latin"),
        Language.UNKNOWN: words.gettext("Language unknown"),
    }
