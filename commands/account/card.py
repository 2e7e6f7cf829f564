"""Cards about what is stored of a person."""

from dataclasses import replace

from commands.account.stored_lines import hidden_and_tastes, how_to_undo, linked_line
from commands.core.replies.card import Accent, Card, Field
from localization.markdown import Markdown, bold, escape
from localization.translations import Translations
from store.user_data import Forgotten, LinkedPlayer


def linked(link: LinkedPlayer, translations: Translations) -> Card:
    """Show whom the person is linked to now, what of that is stored, and how to undo it."""
    return Card(
        accent=Accent.PLAYER,
        title=translations.gettext("You are linked to {player}", player=escape(link.user_id)),
        lines=(
            _proof(link, translations),
            _who_may_see(link, translations),
            translations.gettext(
                "The bot stores your Discord id, the player's name, who may see it, and when you linked it."
            ),
            how_to_undo(translations),
        ),
    )


def own_data(
    data: Card, link: LinkedPlayer, hidden_games: int, tastes: int, translations: Translations
) -> Card:
    """Show a player's `data` with what is stored of the person who is that player."""
    stored = [
        linked_line(link.linked_at, translations),
        _proof(link, translations),
        _who_may_see(link, translations),
        *hidden_and_tastes(hidden_games, tastes, translations),
    ]
    field = Field(translations.gettext("Stored about you"), Markdown("\n".join(stored)))
    return replace(data, fields=(*data.fields, field))


def forgotten(what: Forgotten, translations: Translations) -> Card:
    """Show what was erased of a person."""
    erased = _erased(what, translations)
    return Card(
        accent=Accent.PLAYER,
        title=translations.gettext("You are forgotten"),
        lines=(
            *((translations.gettext("Erased just now, for good:"), *erased) if erased else ()),
            translations.gettext("Nothing about you is stored any more."),
        ),
        notes=(
            translations.gettext("A backup that was made earlier keeps it until newer backups replace it"),
        ),
    )


def _erased(what: Forgotten, translations: Translations) -> tuple[Markdown, ...]:
    """Return a line for each kind of thing that was erased."""
    counts = (
        (
            what.links,
            translations.ngettext("{count} link to a player", "{count} links to players", what.links),
        ),
        (
            what.accounts,
            translations.ngettext("{count} Steam account", "{count} Steam accounts", what.accounts),
        ),
        (
            what.libraries,
            translations.ngettext("{count} own library", "{count} own libraries", what.libraries),
        ),
        (
            what.family,
            translations.ngettext(
                "{count} agreement to lend games", "{count} agreements to lend games", what.family
            ),
        ),
        (
            what.hidden_games,
            translations.ngettext("{count} hidden game", "{count} hidden games", what.hidden_games),
        ),
        (
            what.tastes,
            translations.ngettext("{count} game of your taste", "{count} games of your taste", what.tastes),
        ),
        (
            what.audit_lines,
            translations.ngettext(
                "your name beside {count} action as an admin",
                "your name beside {count} actions as an admin",
                what.audit_lines,
            ),
        ),
    )
    return tuple(Markdown(f"- {words}") for count, words in counts if count)


def _proof(link: LinkedPlayer, translations: Translations) -> Markdown:
    """Return whether it is known that the person is the player, and what that means for others."""
    if link.proven:
        return translations.gettext(
            "{proven}: you signed in through Steam, so nobody else can link this player here.",
            proven=bold(translations.gettext("Proven")),
        )
    return translations.gettext(
        "{unproven}: anybody can claim to be this player, until the owner of the account signs in through"
        " Steam.",
        unproven=bold(translations.gettext("Not proven")),
    )


def _who_may_see(link: LinkedPlayer, translations: Translations) -> Markdown:
    if link.public and link.proven:
        return translations.gettext(
            "{public}: everybody may see this player's data.", public=bold(translations.gettext("Public"))
        )
    if link.public:
        return translations.gettext(
            "{public}: everybody may see this player's data, unless somebody else who is linked to it wants"
            " otherwise.",
            public=bold(translations.gettext("Public")),
        )
    if link.proven:
        return translations.gettext(
            "{private}: through this bot only you see this player's data.",
            private=bold(translations.gettext("Private")),
        )
    return translations.gettext(
        "{private}: through this bot only you see this player's data, and whoever else claims to be the"
        " player; nobody is told that you did.",
        private=bold(translations.gettext("Private")),
    )
