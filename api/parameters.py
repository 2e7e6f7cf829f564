"""The parameters of requests: their types, limits and examples, and the checks that all requests pass."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Annotated, Any

from fastapi import Depends, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request

from api.errors import WrongParameters
from api.paging import Page
from store.models import DeckRating, NameKind
from store.names.not_found import quotable
from store.queries import Discovery, Filters, PlayMode

LONGEST_NAME = 300
_MOST_DESCRIBED = 20
_LONGEST_LIST_OF_NAMES = 2_000
_MOST_LISTED = 100
_FURTHEST_SUGGESTION = 400
_FURTHEST = 100_000
_MOST_UNWANTED = 1_000
_MOST_OWNED = 50_000
_LAST_YEAR = 9_999
_DEAREST = 1_000_000


class OnDeck(StrEnum):
    """How well a game runs on the Steam Deck at least."""

    PLAYABLE = "playable"
    VERIFIED = "verified"


class Kind(StrEnum):
    """What a name names."""

    GAME = "game"
    DEVELOPER = "developer"
    GENRE = "genre"
    TAG = "tag"
    PLAYER = "player"

    @property
    def of_names(self) -> NameKind:
        """The kind as the store has it."""
        return NameKind[self.name]


def _name(description: str, *examples: str) -> Any:
    return Query(
        min_length=1, max_length=LONGEST_NAME, description=description, examples=list(examples) or None
    )


_A_GAME = "A title, a Steam app id or the address of a store page."
_A_DEVELOPER = "A developer's name."
_A_GENRE = "A genre's name."
_A_PLAYER = "A player: a user id, a SteamID64, the address of a profile or a friend code."

Developer = Annotated[str, _name(_A_DEVELOPER, "Valve")]
OtherDeveloper = Annotated[str, _name(_A_DEVELOPER, "Bethesda Game Studios")]
Game = Annotated[str, _name(_A_GAME, "Portal 2")]
OtherGame = Annotated[str, _name(_A_GAME, "Terraria")]
Genre = Annotated[str, _name(_A_GENRE, "Action")]
Player = Annotated[str, _name(_A_PLAYER, "sample_player_077")]
OtherPlayer = Annotated[str, _name(_A_PLAYER, "sample_player_265")]
Year = Annotated[int, Query(ge=0, le=_LAST_YEAR, description="The year.", examples=[2014])]
OneOfGame = Annotated[str | None, _name(_A_GAME)]
OneOfDeveloper = Annotated[str | None, _name(_A_DEVELOPER, "Valve")]
Players = Annotated[
    list[Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]],
    Query(
        min_length=2,
        max_length=8,
        description="2 to 8 different players, each given once.",
        examples=[["sample_player_077", "sample_player_265"]],
    ),
]
ListOfGames = Annotated[
    str,
    Query(
        min_length=1,
        max_length=_LONGEST_LIST_OF_NAMES,
        description="Games with commas between them.",
        examples=["Portal 2, Terraria"],
    ),
]
Typed = Annotated[
    str,
    Query(max_length=LONGEST_NAME, description="What was typed of a name so far.", examples=["port"]),
]
Limit = Annotated[int, Query(ge=1, le=_MOST_LISTED, description="How many at most.", examples=[2])]
Offset = Annotated[int, Query(ge=0, le=_FURTHEST, description="How many of the first to leave out.")]
NearOffset = Annotated[
    int, Query(ge=0, le=_FURTHEST_SUGGESTION, description="How many of the first to leave out.")
]
HowWellKnown = Annotated[Discovery, Query(description="How well known the games should be.")]
Unwanted = Annotated[
    list[int], Query(max_length=_MOST_UNWANTED, description="App ids that are not wanted, each given once.")
]


async def read_filters(  # noqa: PLR0917 - FastAPI passes them by name
    genre: Annotated[str | None, _name("Only games of this genre.")] = None,
    tag: Annotated[str | None, _name("Only games with this tag.")] = None,
    max_price: Annotated[
        float | None,
        Query(ge=0, lt=_DEAREST, description="Only games that cost at most this many US dollars."),
    ] = None,
    free_only: Annotated[bool, Query(description="Only free games.")] = False,
    released_since: Annotated[
        int | None, Query(ge=0, le=_LAST_YEAR, description="Only games released in this year or later.")
    ] = None,
    exclude_early_access: Annotated[bool, Query(description="No early access games.")] = False,
    with_add_ons: Annotated[bool, Query(description="DLC, soundtracks, demos and the like as well.")] = False,
    together_only: Annotated[bool, Query(description="Only games that can be played with others.")] = False,
    described: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]],
        Query(
            max_length=_MOST_DESCRIBED, description="Only games of this genre or with this tag, all given."
        ),
    ] = [],  # noqa: B006 - FastAPI copies defaults
    released_until: Annotated[
        int | None, Query(ge=0, le=_LAST_YEAR, description="Only games released in this year or earlier.")
    ] = None,
    without: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]],
        Query(
            max_length=_MOST_DESCRIBED,
            description="No games of these genres or with these tags, each given once.",
        ),
    ] = [],  # noqa: B006 - FastAPI copies defaults
    play_mode: Annotated[PlayMode | None, Query(description="Only games played in this way.")] = None,
    deck: Annotated[
        OnDeck | None, Query(description="Only games that run so well on the Steam Deck at least.")
    ] = None,
) -> Filters:
    """Return the filters that the parameters are."""
    return Filters(
        genre=genre,
        tag=tag,
        max_price=max_price,
        free_only=free_only,
        released_since=released_since,
        exclude_early_access=exclude_early_access,
        with_add_ons=with_add_ons,
        together_only=together_only,
        described=tuple(described),
        released_until=released_until,
        without=tuple(without),
        play_mode=play_mode,
        deck=None if deck is None else DeckRating(deck),
    )


Filtered = Annotated[Filters, Depends(read_filters)]


@dataclass(frozen=True, slots=True)
class Constraints:
    """What the games of a list of suggestions have to be, and which page of the list is wanted."""

    filters: Filters
    discovery: Discovery
    exclude: tuple[int, ...]
    page: Page


async def read_constraints(
    filters: Filtered,
    discovery: HowWellKnown = Discovery.BALANCED,
    exclude: Unwanted = [],  # noqa: B006 - FastAPI copies defaults
    limit: Limit = 5,
    offset: NearOffset = 0,
) -> Constraints:
    """Return the constraints that the parameters are."""
    return Constraints(filters, discovery, tuple(exclude), Page(limit, offset))


Suggested = Annotated[Constraints, Depends(read_constraints)]


EXAMPLE_OF_LIBRARY = {"library": {"620": 540, "105600": None}, "limit": 2}


class LibraryRequest(BaseModel):
    """What somebody owns, who need not be in the data, and within which limits to suggest games."""

    model_config = ConfigDict(extra="forbid")

    library: Annotated[
        dict[int, float | None],
        Field(max_length=_MOST_OWNED, description="App ids to minutes played, null where they are unknown."),
    ]
    limit: Annotated[int, Field(ge=1, le=_MOST_LISTED)] = 5
    offset: Annotated[int, Field(ge=0, le=_FURTHEST_SUGGESTION)] = 0
    discovery: Discovery = Discovery.BALANCED
    exclude: Annotated[list[int], Field(max_length=_MOST_UNWANTED)] = []
    genre: Annotated[str | None, Field(min_length=1, max_length=LONGEST_NAME)] = None
    tag: Annotated[str | None, Field(min_length=1, max_length=LONGEST_NAME)] = None
    max_price: Annotated[float | None, Field(ge=0, lt=_DEAREST)] = None
    free_only: bool = False
    released_since: Annotated[int | None, Field(ge=0, le=_LAST_YEAR)] = None
    exclude_early_access: bool = False
    with_add_ons: bool = False
    together_only: bool = False
    described: Annotated[
        tuple[Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)], ...],
        Field(max_length=_MOST_DESCRIBED),
    ] = ()
    released_until: Annotated[int | None, Field(ge=0, le=_LAST_YEAR)] = None
    without: Annotated[
        tuple[Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)], ...],
        Field(max_length=_MOST_DESCRIBED),
    ] = ()
    play_mode: PlayMode | None = None
    deck: OnDeck | None = None

    def constraints(self) -> Constraints:
        """Return all but the library."""
        chosen = {field.name: getattr(self, field.name) for field in fields(Filters)}
        chosen["deck"] = None if self.deck is None else DeckRating(self.deck)
        return Constraints(
            Filters(**chosen), self.discovery, tuple(self.exclude), Page(self.limit, self.offset)
        )


class KnownParameters:
    """Which parameters each operation takes, so that a misspelt one is not passed over in silence."""

    def __init__(self, description: Mapping[str, Any]) -> None:
        """Take them from the OpenAPI `description`."""
        self._of_operations = {
            operation["operationId"]: {
                parameter["name"]: _takes_many(parameter)
                for parameter in operation.get("parameters", ())
                if parameter["in"] == "query"
            }
            for operations in description["paths"].values()
            for operation in operations.values()
        }

    def check(self, request: Request) -> None:
        """Make sure that a request has none but the parameters of its operation, each as often as may be.

        Raises:
            WrongParameters: It has others.
        """
        known = self._of_operations[request.scope["route"].operation_id]
        for name, times in Counter(name for name, _ in request.query_params.multi_items()).items():
            if name not in known:
                raise WrongParameters(_unknown(name, known))
            if times > 1 and not known[name]:
                raise WrongParameters(f"The parameter “{name}” is given {times} times; give it once.")


def _unknown(name: str, known: Mapping[str, bool]) -> str:
    there_are = f"there are {', '.join(known)}" if known else "this address takes none"
    return f"There is no parameter “{quotable(name)}”; {there_are}."


def _takes_many(parameter: Mapping[str, Any]) -> bool:
    return bool(parameter["schema"].get("type") == "array")
