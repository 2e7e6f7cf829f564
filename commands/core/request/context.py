"""What a command knows of the interaction that it responds to, looked up once."""

import asyncio
import logging
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import discord
from sqlalchemy.orm import Session

from commands.core.request.audience import audience_of
from commands.core.request.profile import Profile
from commands.core.request.question import Question
from commands.core.services.cooldowns import Counted
from commands.core.services.places import Place
from commands.core.services.services import Interaction, Services
from commands.core.services.user_data import UserDataRepository
from localization.translations import Translations
from store import StoreError, user_data
from store.execution.query_runner import QueryRunner
from store.user_data import LinkedPlayer, Settings
from store.visibility import Visibility

log = logging.getLogger(__name__)

# Where discord.py lets an interaction carry something of ours.
_EXTRA = "context"


@dataclass(slots=True)
class ResponseState:
    """How far the response to an interaction is; Discord takes only one first response.

    `counted` is what the interaction counts as, where it is heavy. With `is_apart` a press is answered by a
    message of its own rather than in the one that has the button; with `is_in_place` a form is answered in
    the message whose button opened it. With `defers_itself` the command sees to it that it is deferred in
    time. Whoever responds holds `lock`, as a command may find its answer at the moment when it is deferred.
    """

    responded: bool = False
    deferred_publicly: bool = False
    counted: Counted | None = None
    is_apart: bool = False
    is_in_place: bool = False
    defers_itself: bool = False
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Asker:
    """The person who asks, with what was looked up of them for this one interaction."""

    def __init__(self, discord_id: int, repository: UserDataRepository) -> None:
        self.id = discord_id
        self._repository = repository
        self._visibility: Visibility | None = None
        self._unwanted_games: frozenset[int] | None = None
        self._profile: Profile | None = None

    async def linked_player(self) -> LinkedPlayer | None:
        """Return the player whom the person is linked to. Raises DatabaseUnavailable."""
        return await self._repository.linked_player(self.id)

    async def profile(self) -> Profile:
        """Return the person's profile, by which a question goes that names nobody.

        Raises:
            DatabaseUnavailable: What people stored cannot be read.
            PlayerIsPrivate: Somebody else has proven to be the linked player, and keeps that private.
            PrivacyUnknown: Nobody can tell who is private, and the person has linked a player.
        """
        if self._profile is None:
            profile = await Profile.of(self._repository, self.id)
            if profile.user_id is not None:
                visibility = await self.visibility()
                visibility.require([profile.user_id])
                if profile.user_id in visibility.own_private:
                    profile = profile.kept_private()
            if profile.library is not None:
                self._repository.note_activity(self.id)
            self._profile = profile
        return self._profile

    def drop_lookups(self) -> None:
        """Look up again what this very interaction has changed."""
        self._profile = self._visibility = None

    async def visibility(self) -> Visibility:
        """Return which players may be shown to this person. Never raises."""
        if self._visibility is None:
            self._visibility = await self._repository.visibility(self.id)
        return self._visibility

    async def hidden_games(self) -> frozenset[int]:
        """Return the app ids that the person hid from suggestions. Raises DatabaseUnavailable."""
        return await self._repository.hidden_games(self.id)

    async def unwanted_games(self) -> frozenset[int]:
        """Return the app ids never to be suggested: hidden, or not liked. Raises DatabaseUnavailable."""
        if self._unwanted_games is None:
            self._unwanted_games = await self._repository.unwanted_games(self.id)
        return self._unwanted_games

    async def known_unwanted_games(self) -> frozenset[int] | None:
        """Return the same, or None where what people stored cannot be read. Never raises."""
        try:
            return await self.unwanted_games()
        except StoreError as error:
            log.error("Suggestions are made as if nobody hid a game: %s", error)
            return None

    async def hide_games(self, app_ids: Collection[int]) -> None:
        """Have games never suggested to the person again. Raises DatabaseUnavailable."""
        await self._change_hidden(app_ids, user_data.hide_game)

    async def unhide_games(self, app_ids: Collection[int]) -> None:
        """Have games suggested to the person again. Raises DatabaseUnavailable."""
        await self._change_hidden(app_ids, user_data.unhide_game)

    async def _change_hidden(
        self, app_ids: Collection[int], change: Callable[[Session, int, int], None]
    ) -> None:
        def change_all(session: Session) -> None:
            for app_id in app_ids:
                change(session, self.id, app_id)

        await self._change(change_all)

    async def record_taste(self, *, liked: Sequence[int] = (), disliked: Sequence[int] = ()) -> None:
        """Remember that the person likes games, and does not like others. Raises DatabaseUnavailable."""

        def record(session: Session) -> None:
            user_data.record_taste(session, self.id, liked, likes=True)
            user_data.record_taste(session, self.id, disliked, likes=False)

        await self._change(record)

    async def erase_taste(self, app_ids: Sequence[int]) -> None:
        """Erase what is stored of the person's taste in these games. Raises DatabaseUnavailable."""
        await self._change(lambda session: user_data.erase_taste(session, self.id, app_ids))

    async def _change(self, change: Callable[[Session], None]) -> None:
        self._unwanted_games = self._profile = None
        await self._repository.write(change)


class Context:
    """One interaction, with the services, the translations, the server's settings and the asker.

    The check of the tree (for a command) or of a view (for a button or menu) loads it; everything else takes
    it by `Context.of`. Autocompletion is asked for at every key, so it does without the server's settings.
    """

    def __init__(
        self,
        interaction: Interaction,
        guild_settings: Settings,
        place: Place = Place(),
        begun_at: float | None = None,
    ) -> None:
        """Begin with what is known; `begun_at` is when the interaction came, by the monotonic clock."""
        self.interaction = interaction
        self.place = place
        self.begun_at = time.monotonic() if begun_at is None else begun_at
        self.services: Services = interaction.client.services
        self.asker = Asker(interaction.user.id, self.services.user_data)
        self.response = ResponseState()
        self._asked_apart: Question | None = None
        self.use_guild_settings(guild_settings)

    @classmethod
    async def load(cls, interaction: Interaction) -> "Context":
        """Make the context of an interaction that begins, with the server's settings. Never raises."""
        begun_at = time.monotonic()
        settings = await load_guild_settings(interaction)
        place = await interaction.client.services.places.of(interaction)
        found = interaction.extras[_EXTRA] = cls(interaction, settings, place, begun_at)
        return found

    @classmethod
    def of(cls, interaction: discord.Interaction[Any]) -> "Context":
        """Return the context of an interaction; of one that was not loaded, with the default settings."""
        found: Context | None = interaction.extras.get(_EXTRA)
        if found is None:
            found = interaction.extras[_EXTRA] = cls(cast(Interaction, interaction), Settings())
        return found

    @property
    def query_runner(self) -> QueryRunner:
        """What asks the store for those who see the reply."""
        return self.services.query_runners[audience_of(self.place, self.guild_settings)]

    @property
    def question(self) -> Question | None:
        """What is asked: a command, or what a press asks again; None of any other press."""
        return self._asked_apart or Question.of(self.interaction)

    @property
    def changes_message(self) -> bool:
        """Whether the reply changes the message that has what was pressed, rather than being a new one."""
        if self.interaction.type is discord.InteractionType.modal_submit:
            return self.response.is_in_place
        return self.interaction.type is discord.InteractionType.component and not self.response.is_apart

    def ask_apart(self, question: Question) -> None:
        """Let a press ask a question, as the command would, to be answered in a message of its own."""
        self._asked_apart = question
        self.response.is_apart = True

    def take_turn(self, counted: Counted) -> None:
        """Count the interaction as heavy. Raises CommandOnCooldown if it is one too many."""
        self.services.cooldowns.take(self.asker.id, counted)
        self.response.counted = counted

    def give_turn_back(self) -> None:
        """Let the interaction not count, as it was refused."""
        if self.response.counted is not None:
            self.services.cooldowns.give_back(self.asker.id, self.response.counted)
            self.response.counted = None

    def use_guild_settings(self, settings: Settings) -> None:
        """Go on by these settings, such as those that the command itself has just changed."""
        self.guild_settings = settings
        self.translations = self._translations(settings)

    def _translations(self, settings: Settings) -> Translations:
        """Choose the person's language, else the one set for the server, else the server's in Discord."""
        server = self.interaction.guild_locale
        return self.services.locales.translations(
            self.interaction.locale.value, settings.locale, None if server is None else server.value
        )


async def load_guild_settings(interaction: Interaction) -> Settings:
    """Return what the server's admins set; the defaults outside of a server. Never raises."""
    guild_id = interaction.guild_id
    if guild_id is None:
        return Settings()
    try:
        return await interaction.client.services.user_data.guild_settings(guild_id)
    except StoreError as error:
        log.error("The settings of a server cannot be read, so that it is answered quietly: %s", error)
        return Settings(quiet={user_data.EVERY_CHANNEL: (user_data.EVERY_COMMAND,)})
