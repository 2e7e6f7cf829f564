"""Cards as Discord embeds, within Discord's limits."""

from dataclasses import replace

import discord

from charts.rendering import Chart
from commands.core.replies.card import Accent, Card, Field, Picture
from localization.markdown import DOT, Markdown, fit, length, shorten
from localization.translations import Translations

# https://discord.com/developers/docs/resources/message#embed-object-embed-limits
TITLE = 256
DESCRIPTION = 4096
FIELDS = 25
FIELD_NAME = 256
FIELD_VALUE = 1024
FOOTER = 2048
TOTAL = 6000

COLOURS = {
    Accent.GAME: discord.Colour(0x66C0F4),
    Accent.SUGGESTIONS: discord.Colour(0x75B022),
    Accent.NUMBERS: discord.Colour(0x9B7EDE),
    Accent.PLAYER: discord.Colour(0xE8A33D),
    Accent.BOT: discord.Colour(0x8A94A0),
}

# A page is this long at most, so that a phone shows it without much scrolling.
PAGE_ROWS = 20
PAGE_LENGTH = 2500

# Kept free for the line that says how many lines were left out.
_MORE = 64


def embed_of(card: Card, translations: Translations, source: str = "") -> discord.Embed:
    """Return the embed that shows `card`, with `source` (what data, how old) at its foot.

    What exceeds a limit is cut at a line's end, and the cut is said.
    """
    footer = shorten(DOT.join(part for part in (*card.notes, source) if part), FOOTER)
    embed = discord.Embed(title=shorten(card.title, TITLE), url=card.url, colour=COLOURS[card.accent])
    room = TOTAL - length(embed.title or "") - length(footer)
    for field in card.fields[:FIELDS]:
        name, value = _within_limits(field, translations)
        if length(name) + length(value) > room:
            break
        room -= length(name) + length(value)
        embed.add_field(name=name, value=value, inline=field.inline)
    if card.lines or card.rows:
        embed.description = _lines((*card.lines, *card.rows), min(DESCRIPTION, room), translations)
    if footer:
        embed.set_footer(text=footer)
    return _with_pictures(embed, card)


def pages_of(card: Card, translations: Translations, source: str = "") -> tuple[discord.Embed, ...]:
    """Return the embeds that show `card`, one where its rows fit on a page."""
    pages = _pages(card.rows) or [()]
    if len(pages) == 1:
        return (embed_of(card, translations, source),)
    numbers = (
        translations.gettext(
            "Page {page} of {pages}", page=translations.number(page), pages=translations.number(len(pages))
        )
        for page in range(1, len(pages) + 1)
    )
    return tuple(
        embed_of(replace(card, rows=rows, notes=(number, *card.notes)), translations, source)
        for rows, number in zip(pages, numbers, strict=True)
    )


def attach_chart(pages: list[discord.Embed], chart: Chart) -> None:
    """Show a chart, which is sent beside them as a file, on every page, with the words that tell of it."""
    image = Picture(f"attachment://{chart.filename}", Markdown(chart.alt))
    pages[:] = [_with(page, image=image) for page in pages]


def _with_pictures(embed: discord.Embed, card: Card) -> discord.Embed:
    shown = {"image": card.image, "thumbnail": card.thumbnail}
    pictures = {place: picture for place, picture in shown.items() if picture is not None}
    return _with(embed, **pictures) if pictures else embed


def _with(embed: discord.Embed, **pictures: Picture) -> discord.Embed:
    # `set_image` and `set_thumbnail` take no description.
    parts = {
        place: {"url": picture.url, "description": picture.description} for place, picture in pictures.items()
    }
    return discord.Embed.from_dict({**embed.to_dict(), **parts})


def _pages(rows: tuple[Markdown, ...]) -> list[tuple[Markdown, ...]]:
    pages: list[tuple[Markdown, ...]] = []
    while rows:
        _, left_out = fit(rows[:PAGE_ROWS], PAGE_LENGTH)
        count = max(1, len(rows[:PAGE_ROWS]) - left_out)
        pages.append(rows[:count])
        rows = rows[count:]
    return pages


def _within_limits(field: Field, translations: Translations) -> tuple[str, str]:
    lines = tuple(Markdown(line) for line in field.value.split("\n"))
    return shorten(field.name, FIELD_NAME), _lines(lines, FIELD_VALUE, translations)


def _lines(lines: tuple[Markdown, ...], limit: int, translations: Translations) -> str:
    kept, left_out = fit(lines, limit)
    if not left_out:
        return kept
    kept, left_out = fit(lines, limit - _MORE)
    if not kept:
        return shorten(lines[0], limit)
    more = translations.ngettext("and {count} more line", "and {count} more lines", left_out)
    return f"{kept}\n{more}"
