"""Pictures as they come in JSON: data addresses, which are checked and not kept."""

import re

from playground.validation.problems import Problems, text
from playground.world.model import Json

MAX_CHARACTERS = 14_000_000
MAX_EMOJI_CHARACTERS = 350_000

# "Image Data" in Discord's reference.
_IMAGE = re.compile(r"data:image/(png|jpe?g|gif|webp|avif);base64,[A-Za-z0-9+/=\s]+")


def read_image(
    problems: Problems, body: Json, key: str, high: int = MAX_CHARACTERS, *, required: bool = False
) -> str | None:
    """Check a picture and return its format, such as "gif"; None where there is none or it is wrong."""
    value = text(problems, body, key, high, required=required)
    if value is None:
        return None
    found = _IMAGE.fullmatch(value)
    if found is None:
        problems.at(key).add("IMAGE_INVALID", "Invalid image data")
        return None
    return found[1]
