"""Every field that Discord describes is read, whether or not anything is done with it here."""

from typing import Any

import pytest

from playground.world.channels import FORUM_CHANNEL, STAGE_CHANNEL, VOICE_CHANNEL
from playground.world.permissions import ADMINISTRATOR
from tests.playground.conftest import Caller, Place
from tests.playground.http.test_commands_api import paths
from tests.playground.http.test_messages_api import menu, post, rows

PICTURE = "data:image/jpg;base64,AAAA"


@pytest.fixture
def admin(place: Place) -> Place:
    """The place with a bot that may do everything."""
    place.guild.members[place.application.user.id].roles.append(place.guild.add_role("Bot", ADMINISTRATOR))
    place.guild.roles[-1].position = 50
    return place


# From the request bodies of Discord's API description; {0} is the guild, {1} a member, {2} a role.
WRONG = [
    ("PATCH", "/guilds/{0}", {"verification_level": 5}),
    ("PATCH", "/guilds/{0}", {"default_message_notifications": True}),
    ("PATCH", "/guilds/{0}", {"afk_timeout": 61}),
    ("PATCH", "/guilds/{0}", {"preferred_locale": "xx"}),
    ("PATCH", "/guilds/{0}", {"description": "x" * 301}),
    ("PATCH", "/guilds/{0}", {"system_channel_id": "1"}),
    ("PATCH", "/guilds/{0}", {"icon": "picture"}),
    ("PATCH", "/guilds/{0}", {"premium_progress_bar_enabled": 1}),
    ("POST", "/guilds/{0}/roles", {"icon": "picture"}),
    ("POST", "/guilds/{0}/roles", {"name": ""}),
    ("PATCH", "/guilds/{0}/roles/{2}", {"unicode_emoji": 7}),
    ("PATCH", "/guilds/{0}/members/{1}", {"flags": "x"}),
    ("PATCH", "/guilds/{0}/members/@me", {"bio": "x" * 191}),
    ("PATCH", "/users/@me", {"avatar": "picture"}),
    ("POST", "/guilds/{0}/channels", {"name": "c", "bitrate": 1}),
    ("POST", "/guilds/{0}/channels", {"name": "c", "default_forum_layout": 3}),
    ("POST", "/guilds/{0}/channels", {"name": "c", "default_tag_setting": "all"}),
    ("POST", "/guilds/{0}/channels", {"name": "c", "default_reaction_emoji": "🎮"}),
]


@pytest.mark.parametrize(("method", "path", "body"), WRONG)
async def test_what_is_not_acted_on_is_checked_all_the_same(
    call: Caller, admin: Place, method: str, path: str, body: dict[str, Any]
) -> None:
    role = admin.guild.add_role("Regular")
    status, error = await call(method, path.format(admin.guild.id, admin.ana.id, role.id), body)
    assert status == 400
    assert {found.split(".")[0] for found in paths(error["errors"])} == {[*body][-1]}


async def test_settings_are_kept_and_pictures_taken(call: Caller, admin: Place) -> None:
    path = f"/guilds/{admin.guild.id}"
    _, guild = await call("PATCH", path, {"verification_level": 2, "icon": PICTURE, "preferred_locale": "fr"})
    assert (guild["verification_level"], guild["preferred_locale"]) == (2, "fr")
    assert (await call("POST", f"{path}/emojis", {"name": "party", "image": PICTURE}))[0] == 201


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (VOICE_CHANNEL, {"bitrate", "user_limit", "rtc_region"}),
        (STAGE_CHANNEL, {"bitrate", "user_limit"}),
        (FORUM_CHANNEL, {"available_tags", "default_forum_layout"}),
    ],
)
async def test_channels_have_the_fields_of_their_type(
    call: Caller, admin: Place, kind: int, fields: set[str]
) -> None:
    # Channel resource, "Channel Structure"; libraries read them without asking whether they are there.
    _, made = await call("POST", f"/guilds/{admin.guild.id}/channels", {"name": "c", "type": kind})
    assert fields <= set(made)
    path = f"/channels/{made['id']}"
    assert (await call("PATCH", path, {"type": 0}))[0] == 400


async def test_a_menu_and_a_list_of_mentions_are_read_to_the_end(call: Caller, place: Place) -> None:
    assert (await post(call, place, rows(menu(required="yes"))))[0] == 400
    twice = {"content": "x", "allowed_mentions": {"users": ["1", "1"]}}
    assert (await post(call, place, twice))[0] == 400


async def test_yes_and_no_in_a_query_are_words_for_it(call: Caller, place: Place) -> None:
    # Reference, "Boolean Query Strings".
    path = f"/guilds/{place.guild.id}"
    for word, status in (("true", 200), ("False", 200), ("0", 200), ("yes", 400)):
        assert (await call("GET", path, params={"with_counts": word}))[0] == status


@pytest.mark.local_discord(rate_limits=False)
async def test_without_rate_limits_nothing_is_used_up(call: Caller, place: Place) -> None:
    # Libraries read these headers and wait by themselves.
    path = f"/channels/{place.person.channel.id}/messages"
    for _ in range(6):
        _, _, headers = await call.full("POST", path, {"content": "x"})
        assert headers["X-RateLimit-Remaining"] == headers["X-RateLimit-Limit"]
