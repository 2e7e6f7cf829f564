"""The card of `/help`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from commands.core.replies.card import Accent, Card
from localization.markdown import Markdown, bold, join
from localization.translations import Translations

# The commands about games to play, and those about figures; all others are about the person and the server.
_GAMES = ("recommend", "surprise", "play-together", "wishlist", "taste", "game", "top", "compare games")
_FIGURES = (
    *("developer", "best-developers", "genre", "reviews", "year", "userdata"),
    *("compare developers", "compare players"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A command, Discord's id of it, where that is known, and the options of an example."""

    name: str
    command_id: int | None = None
    example: Mapping[str, str] = field(default_factory=dict)


def overview(entries: Sequence[Entry], translations: Translations) -> Card:
    """Show where to begin, then all commands in three groups, each to be clicked."""
    groups = (
        (translations.gettext("Find a game"), [entry for entry in entries if entry.name in _GAMES]),
        (translations.gettext("Look at the numbers"), [e for e in entries if e.name in _FIGURES]),
        (
            translations.gettext("You and this server"),
            [entry for entry in entries if entry.name not in (*_GAMES, *_FIGURES)],
        ),
    )
    return Card(
        title=translations.gettext("What do you want to play?"),
        lines=(
            *_starters(entries, translations),
            *(line for name, group in groups if group for line in _group(name, group, translations)),
        ),
        notes=(translations.gettext("Names complete as you type"),),
        accent=Accent.BOT,
    )


def _starters(entries: Sequence[Entry], translations: Translations) -> Iterable[Markdown]:
    said = {
        "recommend": translations.gettext("games like one you love"),
        "surprise": translations.gettext("one game, picked for you"),
        "game": translations.gettext("all about a game"),
        "top": translations.gettext("the best of a kind"),
        "play-together": translations.gettext("something for you and your friends"),
    }
    by_name = {entry.name: entry for entry in entries}
    for name, words in said.items():
        if name in by_name:
            yield join([_with_example(by_name[name], translations), words])


def _group(name: Markdown, group: Sequence[Entry], translations: Translations) -> tuple[Markdown, ...]:
    return (Markdown(""), bold(name), join([_mention(entry, translations) for entry in group]))


def _with_example(entry: Entry, translations: Translations) -> Markdown:
    options = " ".join(f"{translations.command_name(key)}:{value}" for key, value in entry.example.items())
    mention = _mention(entry, translations)
    return Markdown(f"{mention} `{options}`") if options else mention


def _mention(entry: Entry, translations: Translations) -> Markdown:
    """Name a command so that a click types it; where Discord's id is not known, as it is typed."""
    if entry.command_id is None:
        return translations.command(entry.name)
    name = " ".join(map(translations.command_name, entry.name.split()))
    return Markdown(f"</{name}:{entry.command_id}>")
