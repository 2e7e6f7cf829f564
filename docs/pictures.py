"""Takes the pictures of the documentation, in a real browser, on generated sample data: `make pictures`."""

import asyncio
import tempfile
from pathlib import Path

from rich.console import Console

from bot.demo import fill_demo, refresher_of
from bot.local import local_server
from bot.settings import Settings
from playground.web import attach_page, take
from store import Database

FOLDER = Path(__file__).parent / "pictures"

_PORTAL = "/recommend game:Portal 2"


async def main() -> None:
    """Fill a store in a temporary folder and take every picture from it."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(database=Path(folder) / "nextplay.sqlite3", _env_file=None)
        settings = fill_demo(settings, None, Console(quiet=True))
        async with (
            local_server(Database(settings.database), refresher_of(settings)) as server,
            attach_page(server.discord, server.guild, people=server.people) as page,
        ):
            await take(page.url, FOLDER / "recommend.png", width=900, height=620, commands=[_PORTAL])
            for theme in ("dark", "light"):
                for device, width, height in (("desktop", 1280, 800), ("phone", 390, 844)):
                    await take(
                        page.url,
                        FOLDER / f"page-{device}-{theme}.png",
                        width=width,
                        height=height,
                        theme=theme,
                        commands=[_PORTAL, "/developer name:Valve"],
                        typed="/recommend game:bor",
                    )


if __name__ == "__main__":
    asyncio.run(main())
