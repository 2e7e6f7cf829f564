"""How the figures of replies come about: what is behind the button "How?"."""

import enum

from localization.markdown import Markdown
from localization.translations import Translations
from store.queries.shares import FEWEST_CLEAR_REVIEWS


class Topic(enum.StrEnum):
    """What can be explained. A value is part of a button's custom id."""

    GEMS = "gems"
    GENRE = "genre"
    GROUP = "group"
    RECOMMENDED = "recommended"
    RELEASES = "releases"
    SHARES = "shares"
    TONE = "tone"
    WORDS = "words"


def explain(topic: Topic, translations: Translations) -> Markdown:
    """Explain a topic in a sentence or two."""
    explanations = {
        Topic.RECOMMENDED: translations.gettext(
            "Games go by the share of reviews that recommend them. Few reviews count for less: 90 of 100 beat"
            " 3 of 3. (For the curious: it is the lower end of its 95% Wilson interval.)"
        ),
        Topic.GEMS: translations.gettext(
            "Gems are among the half of all reviewed games that fewest people own. They go by Steam's own"
            " rating where that is known, else by the share of reviews that recommend them. Few reviews"
            " count for less. (For the curious: it is the lower end of its 95% Wilson interval.)"
        ),
        Topic.SHARES: translations.gettext(
            "Loved and least loved go by a share: of the reviews that either recommend the game and are not"
            " negative in tone, or do not recommend it and are negative, how many recommend it. With fewer"
            " than {count} of these there is no place. Loved is only what is above the share of the whole"
            " year, least loved what is panned more than twice as often as usual. “By number” counts"
            " reviews, so it favours what many own.",
            count=translations.number(FEWEST_CLEAR_REVIEWS),
        ),
        Topic.TONE: translations.gettext(
            "Tone is how a review reads: VADER, a lexicon of English, scores its words. A review without"
            " text is neutral, and one in another language has no tone. Whether a review recommends the"
            " game is the writer's own word, so that comes first."
        ),
        Topic.WORDS: translations.gettext(
            "These words are in many of these reviews and in few of all others. (For the curious: they go by"
            " the share of these that use a word, times the logarithm of how much rarer it is elsewhere.)"
        ),
        Topic.GENRE: translations.gettext(
            "A game counts in full for each of its genres. The best games go by the share of reviews that"
            " recommend them. Few reviews count for less. (For the curious: it is the lower end of its 95%"
            " Wilson interval.)"
        ),
        Topic.RELEASES: translations.gettext(
            "Releases are all that Steam sells of a developer, add-ons and soundtracks too. What has no"
            " known price does not count as free. The best games go by the share of reviews that"
            " recommend them; few reviews count for less."
        ),
        Topic.GROUP: translations.gettext(
            "Only games that so many can play together, by what their store page says. ❤️ is who would love"
            " a game, 🙂 who would like it, each measured by the game that this one would like most; what"
            " counts is halfway between the average of you and the least convinced, so that nobody is"
            " ignored."
        ),
    }
    return explanations[topic]
