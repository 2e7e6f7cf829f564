"""Command lines to begin with, in a person's language."""

from localization.translations import Locales


def example_lines(locale: str) -> tuple[str, ...]:
    """Return four lines that can be typed as they stand; `locale` is as Discord writes it."""
    translations = Locales().translations(locale)
    lines: tuple[tuple[str, dict[str, str]], ...] = (
        ("recommend", {"game": "Portal 2"}),
        ("surprise", {}),
        ("game", {"name": "Terraria"}),
        ("top", {"by": translations.gettext("Hidden gems")}),
    )
    return tuple(
        " ".join(
            [
                f"/{translations.command_name(name)}",
                *(f"{translations.command_name(option)}:{value}" for option, value in options.items()),
            ]
        )
        for name, options in lines
    )
