"""Cards about what is stored of a person."""

from dataclasses import replace

from commands.core.card import Card, Field
from localization.markdown import Markdown, bold, escape
from localization.translations import Texts
from store.user_data import Forgotten, LinkedPlayer


def linked(link: LinkedPlayer, texts: Texts) -> Card:
    """Whom the person is linked to now, what of that is stored, and the way back."""
    return Card(
        title=texts.gettext("You are linked to {player}", player=escape(link.user_id)),
        lines=(
            _who_may_see(link, texts),
            texts.gettext(
                "Stored are your Discord id, the player's name, who may see it, and when you linked it."
            ),
            texts.gettext(
                "{me} shows your data, {unlink} removes the link, {forget} erases everything about you.",
                me=texts.command("me"),
                unlink=texts.command("unlink"),
                forget=texts.command("forget-me"),
            ),
        ),
    )


def own_data(data: Card, link: LinkedPlayer, hidden_games: int, texts: Texts) -> Card:
    """A player's `data` with what is stored of the person who is that player."""
    stored = [
        texts.gettext("Linked {moment}", moment=Markdown(f"<t:{int(link.linked_at.timestamp())}:R>")),
        _who_may_see(link, texts),
    ]
    if hidden_games:
        stored.append(
            texts.ngettext(
                "{count} hidden game; {hidden} shows it",
                "{count} hidden games; {hidden} shows them",
                hidden_games,
                hidden=texts.command("hidden"),
            )
        )
    field = Field(texts.gettext("Stored about you"), Markdown("\n".join(stored)))
    return replace(data, fields=(*data.fields, field))


def forgotten(what: Forgotten, texts: Texts) -> Card:
    """What was erased of a person."""
    counts = (
        texts.ngettext("{count} link to a player", "{count} links to players", what.links),
        texts.ngettext("{count} hidden game", "{count} hidden games", what.hidden_games),
        texts.ngettext(
            "your name beside {count} action as an admin",
            "your name beside {count} actions as an admin",
            what.audit_lines,
        ),
    )
    return Card(
        title=texts.gettext("You are forgotten"),
        lines=(
            texts.gettext("Erased just now, for good:"),
            *(Markdown(f"- {count}") for count in counts),
            texts.gettext("Nothing about you is stored any more."),
        ),
        notes=(texts.gettext("A backup that was made earlier keeps it until newer backups replace it"),),
    )


def _who_may_see(link: LinkedPlayer, texts: Texts) -> Markdown:
    if link.public:
        return texts.gettext(
            "{public}: everybody may see this player's data.", public=bold(texts.gettext("Public"))
        )
    return texts.gettext(
        "{private}: through this bot only you see this player's data.", private=bold(texts.gettext("Private"))
    )
