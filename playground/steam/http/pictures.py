"""The pictures of games and people."""

from aiohttp import web

from playground.steam.catalogue.game import Game
from playground.steam.http.answers import Refusal
from playground.steam.mixing import mixed
from playground.steam.pictures import picture
from playground.steam.world import World

HEADER = "header.png"
_SIZES = {HEADER: (460, 215), "capsule_231x87.png": (231, 87), "library_600x900.png": (600, 900)}
_AVATARS = {"": 32, "_medium": 64, "_full": 184}


def folder(game: Game) -> str:
    """Return where an app's pictures lie; for half of the apps below a hash that nobody can guess."""
    place = f"steam/apps/{game.appid}/"
    return (
        f"{place}{mixed(game.appid, 30):08x}{mixed(game.appid, 31):08x}/" if game.appid // 10 % 2 else place
    )


def header_address(world: World, game: Game) -> str:
    """Return the address of an app's header picture."""
    return f"{world.addresses['media']}/store_item_assets/{folder(game)}{HEADER}?t={game.last_modified}"


def avatar_addresses(world: World, steamid: int) -> dict[str, str]:
    """Return the addresses of a person's picture in three sizes, as profiles name them."""
    name = f"{mixed(steamid, 32):08x}"
    base = f"{world.addresses['media']}/avatars/{name}"
    return {
        "avatar": f"{base}.png",
        "avatarmedium": f"{base}_medium.png",
        "avatarfull": f"{base}_full.png",
        "avatarhash": name,
    }


def game_picture(world: World, path: str) -> web.Response:
    """Return a picture of an app by its path below `store_item_assets`.

    Raises:
        Refusal: 404 where there is none.
    """
    place, _, filename = path.rpartition("/")
    appid = place.removeprefix("steam/apps/").partition("/")[0]
    game = world.catalogue.find(int(appid)) if appid.isdecimal() else None
    if game is None or folder(game) != f"{place}/" or filename not in _SIZES:
        raise Refusal.html(404)
    return _png(picture(game.appid, *_SIZES[filename]))


def avatar(name: str) -> web.Response:
    """Return a person's picture by its file name.

    Raises:
        Refusal: 404 for any other name.
    """
    digest, _, size = name.removesuffix(".png").partition("_")
    suffix = f"_{size}" if size else ""
    if suffix not in _AVATARS:
        raise Refusal.html(404)
    try:
        number = int(digest, 16)
    except ValueError:
        raise Refusal.html(404) from None
    return _png(picture(number, _AVATARS[suffix], _AVATARS[suffix]))


def _png(data: bytes) -> web.Response:
    return web.Response(
        body=data, headers={"Content-Type": "image/png", "Cache-Control": "public, max-age=31536000"}
    )
