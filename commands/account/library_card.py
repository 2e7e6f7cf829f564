"""Cards about a person's own Steam account and library."""

from collections.abc import Sequence
from dataclasses import dataclass

from commands.account.backlog import backlog_field
from commands.account.states import state_sentence
from commands.account.stored_lines import hidden_and_tastes, how_to_undo, linked_line
from commands.core.cards.counts import games
from commands.core.cards.games import game_link
from commands.core.replies.card import Accent, Card, Field
from localization.markdown import Markdown, bold, escape, join, timestamp
from localization.translations import Translations
from store.results import GameRef
from store.user_data import OwnLibrary, Sharing, SteamAccount

_MINUTES = 60


@dataclass(frozen=True, slots=True)
class OwnData:
    """What `/me` shows of a library.

    Attributes:
        library: None where none is stored.
        most_played: The games that the person played most, with minutes.
        lenders: The Discord ids of those of the family who lend.
        hidden_games: How many games the person hid.
        tastes: How many games the person rated.
        waiting: What the person owns, has hardly played and would like most.
    """

    library: OwnLibrary | None
    most_played: tuple[tuple[GameRef, float], ...]
    lenders: tuple[int, ...]
    hidden_games: int
    tastes: int
    waiting: tuple[GameRef, ...]


def linked_account(
    account: SteamAccount, sharing: Sharing, translations: Translations, lines: Sequence[Markdown] = ()
) -> Card:
    """Show which account the person has, what came of its library, and what is stored."""
    state = None if account.state is None else state_sentence(account.state, translations)
    return Card(
        accent=Accent.PLAYER,
        title=translations.gettext("You are linked to {player}", player=escape(account.name)),
        lines=(
            *lines,
            *((state,) if state else ()),
            proof_line(account, translations),
            sharing_line(sharing, translations),
            translations.gettext(
                "The bot stores your Discord id, the account's number and name, its games with the minutes"
                " played, and when they were fetched."
            ),
            how_to_undo(translations),
        ),
    )


def own_account(
    account: SteamAccount, data: OwnData, sharing: Sharing, translations: Translations, *, is_shared: bool
) -> Card:
    """Show a person's own library; what is stored of the person only where the reply is not shared."""
    fields = _library_fields(data, translations) if data.library is not None else ()
    if not is_shared:
        stored = Field(
            translations.gettext("Stored about you"), _stored(account, data, sharing, translations)
        )
        fields = (*fields, stored)
    state = None if account.state is None or is_shared else state_sentence(account.state, translations)
    return Card(
        accent=Accent.PLAYER,
        title=escape(account.name),
        lines=(state,) if state else (),
        fields=fields,
    )


def proof_line(account: SteamAccount, translations: Translations) -> Markdown:
    """Return whether it is known that the account is the person's."""
    if account.proven:
        return translations.gettext(
            "{proven}: you signed in through Steam, so nobody else can link this account here.",
            proven=bold(translations.gettext("Proven")),
        )
    return translations.gettext(
        "{unproven}: anybody can claim this account, until its owner signs in through Steam.",
        unproven=bold(translations.gettext("Not proven")),
    )


def sharing_line(sharing: Sharing, translations: Translations) -> Markdown:
    """Return who else is shown the person's profile."""
    if sharing is Sharing.PUBLIC:
        return translations.gettext(
            "{public}: everybody may be shown what is known of you here; {privacy} changes that.",
            public=bold(translations.gettext("Public")),
            privacy=translations.command("privacy"),
        )
    if sharing is Sharing.GROUPS:
        return translations.gettext(
            "{groups}: on servers that you are on, others may count you in; {privacy} changes that.",
            groups=bold(translations.gettext("In groups")),
            privacy=translations.command("privacy"),
        )
    return translations.gettext(
        "{private}: through this bot only you see it; {privacy} changes that.",
        private=bold(translations.gettext("Private")),
        privacy=translations.command("privacy"),
    )


def _library_fields(data: OwnData, translations: Translations) -> tuple[Field, ...]:
    assert data.library is not None
    minutes = list(data.library.games.values())
    known = [one for one in minutes if one is not None]
    fields = [Field(translations.gettext("Library"), games(len(minutes), translations), inline=True)]
    if known:
        fields.append(
            Field(translations.gettext("Played"), translations.hours(sum(known) / _MINUTES), inline=True)
        )
        never = sum(one == 0 for one in known)
        fields.append(Field(translations.gettext("Never played"), games(never, translations), inline=True))
    if data.most_played:
        lines = [
            join([game_link(game), translations.hours(played / _MINUTES)])
            for game, played in data.most_played
        ]
        fields.append(Field(translations.gettext("Most played"), Markdown("\n".join(lines))))
    if data.waiting:
        fields.append(backlog_field(data.waiting, translations))
    return tuple(fields)


def _stored(account: SteamAccount, data: OwnData, sharing: Sharing, translations: Translations) -> Markdown:
    lines = [
        linked_line(account.linked_at, translations),
        proof_line(account, translations),
        sharing_line(sharing, translations),
    ]
    if account.fetched_at is not None:
        lines.append(
            translations.gettext("Library fetched {moment}", moment=timestamp(account.fetched_at, "R"))
        )
    if data.lenders:
        people = translations.listing([Markdown(f"<@{lender}>") for lender in data.lenders])
        lines.append(translations.gettext("Family members who lend to you: {people}", people=people))
    lines += hidden_and_tastes(data.hidden_games, data.tastes, translations)
    return Markdown("\n".join(lines))
