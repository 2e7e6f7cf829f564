"""What people do on a server, scene by scene: the list of `python -m tools.pictures --all`."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeAlias

from localization.translations import Locales
from playground.web import Shot

LOCALES: Final = ("en-US", "es-ES")
_WIDTHS: Final = (1280, 390)

Person: TypeAlias = Literal["member", "admin"]


@dataclass(frozen=True, slots=True)
class Act:
    """What one person does: command lines, then presses of the last reply's buttons, then a form's lines.

    Labels and what stands in braces are in English, and are put into the language of the scene.
    """

    lines: tuple[str, ...] = ()
    presses: tuple[str, ...] = ()
    form: tuple[str, ...] = ()
    by: Person = "member"
    is_drawn: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """Acts on a new server; the picture is that of the last reply at the end."""

    name: str
    acts: tuple[Act, ...]


def _one(name: str, *lines: str, presses: tuple[str, ...] = (), is_drawn: bool = False) -> Scene:
    return Scene(name, (Act(lines, presses, is_drawn=is_drawn),))


def _by_admin(name: str, *lines: str) -> Scene:
    return Scene(name, (Act(lines, by="admin"),))


# The first account owns the games of a player of the data; the others are closed in one way each.
_OWN = "/link player:gael"
_WAITING, _CLOSED, _HOURLESS, _EMPTY = "ana-plays", "bruno", "dmitri", "76561197960266733"
_GATHERED = (
    Act(("/taste like:Portal 2, Garry's Mod", "/play-together"), ("Join",)),
    Act((), ("Join",), by="admin"),
)
_SHOWN = (
    Act(("/taste like:Terraria, Left 4 Dead 2",), by="admin"),
    *_GATHERED,
    Act((), ("Show the games",), by="admin"),
)


def scenes(players: tuple[str, str]) -> tuple[Scene, ...]:
    """Return all scenes, those of several people first; `players` are two of the data."""
    return (
        *_of_groups(players),
        *_of_own_data(players[0]),
        *_of_games(),
        *_of_facts(players),
        *_of_misunderstandings(),
        *_of_admins(),
    )


def _of_groups(players: tuple[str, str]) -> tuple[Scene, ...]:
    """`/play-together`, from an empty round to what was decided."""
    first, second = players
    return (
        _one("together-nobody", "/play-together"),
        Scene("together-joined", (Act(("/taste like:Terraria, Left 4 Dead 2",), by="admin"), *_GATHERED)),
        Scene("together-form", (Act(("/play-together",), ("Join with games",), ("Portal 2", "Terraria")),)),
        Scene("together-games", _SHOWN),
        Scene("together-voted", (*_SHOWN, Act((), ("1.",)))),
        Scene("together-result", (*_SHOWN, Act((), ("1.",)), Act((), ("2.",), by="admin"))),
        _one("together-players", f"/play-together player1:{first} player2:{second}"),
        _one("together-filters", "/play-together genre:Action mode:{Co-op} max_price:20"),
    )


def _of_own_data(player: str) -> tuple[Scene, ...]:
    """Return what people say of themselves, and see and erase of it."""
    return (
        _one("wishlist", _OWN, "/wishlist"),
        _one("wishlist-waiting", f"/link player:{_WAITING}", "/wishlist"),
        _one("wishlist-closed", f"/link player:{_CLOSED}", "/wishlist"),
        _one("wishlist-unlinked", "/wishlist"),
        _one("wishlist-empty", f"/link player:{_EMPTY}", "/wishlist"),
        _one("link-sign-in", "/link"),
        _one("link", _OWN),
        _one("link-closed", f"/link player:{_CLOSED}"),
        _one("link-hourless", f"/link player:{_HOURLESS}"),
        _one("link-empty", f"/link player:{_EMPTY}"),
        _one("link-unknown", "/link player:nobody-at-all"),
        _one("link-player", f"/link player:{player}"),
        _one("me-unlinked", "/me"),
        _one("me", _OWN, "/taste like:Terraria", "/me"),
        _one("me-player", f"/link player:{player}", "/me", is_drawn=True),
        _one("taste", "/taste like:Portal 2, Terraria dislike:Dota 2"),
        _one("taste-unknown", "/taste like:Portal 2, Halo"),
        _one("taste-empty", "/taste"),
        _one("privacy", _OWN, "/privacy sharing:{In groups, on servers I am on}"),
        _one("privacy-public", _OWN, "/privacy sharing:{Everybody}"),
        _one("hidden", "/hidden"),
        _one("unlink", _OWN, "/unlink"),
        _one("forget-me", _OWN, "/forget-me"),
        _one("forgotten", _OWN, "/forget-me", presses=("Erase everything",)),
        _one("family", "/family add member:Admin"),
    )


def _of_games() -> tuple[Scene, ...]:
    """Games, and suggestions of games."""
    return (
        _one("help", "/help"),
        _one("game", "/game name:Tidewright"),
        _one("game-known", "/game name:Portal 2"),
        _one("recommend-game", "/recommend game:Portal 2"),
        _one("recommend-own", _OWN, "/recommend"),
        _one("recommend-nobody", "/recommend"),
        _one(
            "recommend-filters",
            "/recommend games:Portal 2, Terraria genre:Indie max_price:15",
        ),
        _one("recommend-genre", "/recommend genre:Indie"),
        _one("recommend-hide", "/recommend game:Terraria", presses=("Not for me",)),
        _one("how", "/top", presses=("How?",)),
        _one("similar", "/game name:Terraria", presses=("More like this",)),
        _one("liked", "/game name:Terraria", presses=("👍",)),
        _one("surprise", "/surprise"),
        _one("surprise-own", _OWN, "/surprise genre:Indie"),
        _one("top", "/top by:{Hidden gems} genre:Indie"),
    )


def _of_facts(players: tuple[str, str]) -> tuple[Scene, ...]:
    """Rankings and figures."""
    first, second = players
    return (
        _one("developer", "/developer name:Valve", is_drawn=True),
        _one("best-developers", "/best-developers year:2014"),
        _one("genre", "/genre name:Action", is_drawn=True),
        _one("year", "/year year:2014"),
        _one("reviews", "/reviews developer:Valve", is_drawn=True),
        _one("reviews-words", "/reviews developer:Valve show:{The words they use}", is_drawn=True),
        _one("compare-games", "/compare games first:Portal second:Portal 2"),
        _one("compare-developers", "/compare developers first:Valve second:Bethesda Game Studios"),
        _one("compare-players", f"/compare players first:{first} second:{second}"),
        _one("userdata", f"/userdata player:{first}", is_drawn=True),
    )


def _of_misunderstandings() -> tuple[Scene, ...]:
    """Names that the data do not have, and limits that no game meets."""
    return (
        _one("misspelt", "/developer name:Vavle"),
        _one("misspelt-game", "/game name:half lief"),
        _one("edition", "/game name:goty"),
        _one("lacking", "/game name:Minecraft"),
        _one("refusal", "/recommend genre:Indie max_price:0.5 since:2049"),
    )


def _of_admins() -> tuple[Scene, ...]:
    """Return what those who manage a server, or own the bot, look at."""
    return (
        _by_admin("status", "/admin status"),
        _by_admin("audit", "/settings language language:es", "/admin audit"),
        _by_admin("settings", "/settings view"),
    )


def outs_of(name: str, locale: str, folder: Path) -> Mapping[int, Path]:
    """Return where the pictures of a scene go, by the width of the window: `NAME-LANGUAGE-WIDTH.png`."""
    language = locale.partition("-")[0]
    return {width: folder / f"{name}-{language}-{width}.png" for width in _WIDTHS}


def shots_of(scene: Scene, locale: str, people: Mapping[Person, int], folder: Path) -> Sequence[Shot]:
    """Return the shots of a scene in a language, whose pictures go into `folder` at both widths.

    Args:
        scene: What is done.
        locale: The language of everybody, as Discord writes it; Spanish is shown on Discord's light colours.
        people: The ids of the people.
        folder: Where `NAME-LANGUAGE-WIDTH.png` are written.
    """
    say = Locales().translations(locale).gettext
    language = locale.partition("-")[0]
    outs = outs_of(scene.name, locale, folder)
    return [
        Shot(
            outs if act is scene.acts[-1] else {},
            tuple(_put(line, say) for line in act.lines),
            theme="light" if language == "es" else "dark",
            locale=locale,
            person=people[act.by],
            presses=tuple(map(say, act.presses)),
            form=act.form,
            has_picture=act.is_drawn,
        )
        for act in scene.acts
    ]


def _put(line: str, say: Callable[[str], str]) -> str:
    """Put what stands in braces into the reader's language."""
    return re.sub(r"\{(.+?)\}", lambda words: say(words[1]), line)
