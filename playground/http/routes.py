"""Every endpoint that is served, family by family."""

from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from playground.gateway.sessions import Gateway
from playground.http.access import Access
from playground.http.commands import CommandsApi
from playground.http.emojis import EmojisApi
from playground.http.guilds import ChannelsApi, GuildsApi
from playground.http.interactions import InteractionsApi
from playground.http.invites import InvitesApi
from playground.http.members import MembersApi
from playground.http.messages import MessagesApi
from playground.http.reactions import ReactionsApi
from playground.http.roles import RolesApi
from playground.http.threads import ThreadsApi
from playground.http.users import UsersApi
from playground.http.webhooks import WebhooksApi
from playground.services.command_store import CommandStore
from playground.services.interactions import Interactions
from playground.services.messages import Messages
from playground.services.reactions import Reactions
from playground.services.threads import Threads
from playground.world.events import Events
from playground.world.state import World


@dataclass(frozen=True, slots=True)
class Services:
    """What the endpoints work with."""

    world: World
    gateway: Gateway
    events: Events
    commands: CommandStore
    messages: Messages
    reactions: Reactions
    threads: Threads
    interactions: Interactions


class Families:
    """Puts the families of endpoints together.

    Args:
        services: what they work with.
        api_base: the address of the API.
        gateway_url: the address of the gateway.
    """

    def __init__(
        self, services: Services, api_base: Callable[[], str], gateway_url: Callable[[], str]
    ) -> None:
        self._services = services
        self._api_base = api_base
        self._gateway_url = gateway_url

    def routes(self) -> list[web.RouteDef]:
        """Return every route, with its path after the version of the API."""
        given = self._services
        world, messages = given.world, given.messages
        access = Access(world, messages)
        interactions = InteractionsApi(world, given.interactions, messages)
        families = (
            UsersApi(world, given.gateway, self._gateway_url),
            GuildsApi(world, access),
            ChannelsApi(world, access),
            MembersApi(world, access, messages),
            RolesApi(world, access),
            CommandsApi(world, given.commands),
            ReactionsApi(world, access, given.reactions, messages),
            ThreadsApi(world, access, given.threads, messages),
            MessagesApi(
                world,
                access,
                messages=messages,
                threads=given.threads,
                events=given.events,
            ),
            WebhooksApi(
                world,
                access,
                messages=messages,
                threads=given.threads,
                interactions=interactions,
                api_base=self._api_base,
            ),
            interactions,
            EmojisApi(world, access),
            InvitesApi(world, access),
        )
        return [route for family in families for route in family.routes()]
