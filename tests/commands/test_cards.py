"""Cards say what is known, and say so where something is not."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from commands.compare.card import players as compare_players
from commands.core.cards.player_card import userdata_card
from commands.developers.card import DeveloperWithGames, developer
from commands.games.card import game
from commands.genres.card import GenreFacts, Played, genre
from commands.reviews.card import ReviewCounts, sentiment
from commands.suggestions.list_card import (
    games_for_player,
    games_for_taste,
    games_for_those_who_like,
    similar_games,
)
from localization.translations import Locales, Translations
from store.models import GameKind, NeighbourBasis
from store.results import (
    Because,
    DeveloperReport,
    DeveloperYear,
    GameCard,
    GameRef,
    GenreChampion,
    GenreTopYear,
    LovedGame,
    PlayerPair,
    PlayerProfile,
    Playtime,
    Reason,
    Recommendation,
    Recommendations,
    RecommendedShare,
    ReviewExcerpt,
    SentimentCounts,
    UserData,
    YearHours,
)

TEXTS = Translations()
SPANISH = Locales().translations("es-ES")


PORTAL = GameRef(400, "Portal", GameKind.GAME, 2007, Decimal("9.99"))


SOUNDTRACK = GameRef(323180, "Portal 2 *Soundtrack*", GameKind.SOUNDTRACK, None, None)


CARD = GameCard(
    game=PORTAL,
    listed=True,
    developers=("Valve",),
    publisher="Valve",
    genres=("Action",),
    tags=("Puzzle", "First-Person"),
    specs=(),
    release_date=date(2007, 10, 10),
    early_access=False,
    owners=1272,
    playtime=Playtime(players=3, lower=1.0, median=4.25, upper=9.5),
    reviews=SentimentCounts("Portal", negative=1, neutral=0, positive=3),
    recommended=3,
    typical_positive=ReviewExcerpt("ana", "# Great\n*cake*", 0.6, helpful=1, posted=None),
    typical_negative=None,
    similar=Recommendations([Recommendation(SOUNDTRACK, 0.5, Because())]),
    similar_basis=NeighbourBasis.CONTENT,
)


STARTED = datetime(2018, 1, 4, 4, 30, tzinfo=UTC)


def test_a_game_shows_its_facts_and_leaves_out_what_is_not_known() -> None:
    card = game(CARD, TEXTS)
    fields: dict[str, str] = {field.name: field.value for field in card.fields}
    assert card.lines == ("October 10, 2007\xa0· **$9.99**", "Puzzle, First-Person")
    assert fields["Time played"] == "Typically **4.2\xa0h** (half play 1–9.5\xa0h)"
    assert fields["Reviews"] == "Recommended in **3** of 4\xa0reviews"
    assert fields["For it"] == "> \\# Great\n> \\*cake\\*\n1\xa0person found it helpful"
    assert "Against it" not in fields
    assert card.notes == ("Few in these data own it, so similar games go by its description",)
    free = game(replace(CARD, owners=0), TEXTS)
    assert free.notes == ("No library here lists it, so similar games go by its description",)


def test_a_game_that_only_libraries_mention_says_so() -> None:
    unknown = replace(
        CARD,
        game=GameRef(1, "App 1", GameKind.GAME, None, None),
        listed=False,
        developers=(),
        publisher=None,
        genres=(),
        tags=(),
        release_date=None,
        playtime=None,
        reviews=SentimentCounts("App 1", 0, 0, 0),
        typical_positive=None,
        similar=Recommendations(),
    )
    card = game(unknown, TEXTS)
    assert card.lines == ()
    assert [field.name for field in card.fields] == ["Owned by"]
    assert card.notes == ("Known from players' libraries only",)


def test_a_game_that_only_reviews_mention_says_so_too() -> None:
    for owners, reviews, said in ((0, 1, "reviews"), (1, 0, "libraries"), (1, 1, "libraries and reviews")):
        card = replace(
            CARD,
            listed=False,
            owners=owners,
            reviews=SentimentCounts("App 1", 0, reviews, 0),
            similar=Recommendations(),
        )
        assert game(card, TEXTS).notes == (f"Known from players' {said} only",)


def test_a_suggestion_shows_what_speaks_for_it() -> None:
    because = Because(games=(Reason(PORTAL, 0.604),))
    card = games_for_player("a_b", Recommendations([Recommendation(SOUNDTRACK, 1.0, because)]), TEXTS)
    assert card.title == "Games for a\\_b"
    assert card.lines == (
        "**1.** [Portal\xa02 \\*Soundtrack\\*](https://store.steampowered.com/app/323180/)"
        "\xa0· soundtrack\n> because of Portal (60%)",
    )


def test_nothing_to_suggest_is_a_sentence() -> None:
    card = similar_games(PORTAL, Recommendations(), TEXTS)
    assert card.lines == ("Nothing comes close enough to be suggested.",)


def test_a_player_without_reviews_recommends_nothing_rather_than_nought_percent() -> None:
    card = userdata_card(UserData("ana", Decimal("0"), None, 1, 0, 0), TEXTS)
    assert [field.value for field in card.fields] == ["1\xa0game", "$0.00", "no review in these data"]
    assert card.notes == ()


def test_of_a_player_known_from_reviews_alone_the_library_is_unknown_rather_than_empty() -> None:
    card = userdata_card(UserData("ana", None, 50.0, None, 2, None), TEXTS)
    assert [field.value for field in card.fields] == ["unknown", "unknown", "1 of 2\xa0reviews"]
    assert card.notes == ("These data have reviews of this player, but no library",)


def test_two_players_one_of_whom_has_no_library_share_nobody_knows_what() -> None:
    owner = PlayerProfile(UserData("ana", Decimal("5"), None, 3, 0, 0), 2.0)
    critic = PlayerProfile(UserData("ben", None, 100.0, None, 1, None), None)
    card = compare_players(PlayerPair(owner, critic, None, ()), TEXTS)
    assert card.lines == ("These data have no library of one of them, so what both own is unknown.",)
    assert card.fields[1].value.split("\n") == [
        "Library: unknown",
        "Time played: unknown",
        "Spent, at list prices: unknown",
        "Recommends: 1\xa0of\xa01\xa0review",
    ]


def test_releases_of_unknown_price_are_not_called_costly() -> None:
    years = (
        DeveloperYear(2014, items=4, free_items=1, unpriced_items=2, undated_items=1),
        DeveloperYear(2013, items=1, free_items=0, unpriced_items=1),
        DeveloperYear(2012, items=1, free_items=0),
    )
    card = developer(DeveloperWithGames(DeveloperReport("Valve", years), ()), TEXTS)
    assert card.rows == (
        "**2014**\xa0· 4\xa0releases\xa0· 25% free\xa0· 2 without a known price",
        "**2013**\xa0· 1\xa0release\xa0· price unknown",
        "**2012**\xa0· 1\xa0release\xa0· 0% free",
    )
    assert card.notes == ("Of 1\xa0release only the year is known",)


def test_a_developer_begins_with_its_best_games() -> None:
    best = (LovedGame(PORTAL, reviews=4, recommended=3), LovedGame(SOUNDTRACK, reviews=0, recommended=0))
    report = DeveloperReport("Valve", (DeveloperYear(2014, items=2, free_items=1),))
    lines = developer(DeveloperWithGames(report, best), TEXTS).lines
    assert lines[:2] == (
        "**1.** [Portal](https://store.steampowered.com/app/400/)\xa0· 3\xa0of\xa04\xa0reviews",
        "**2.** [Portal\xa02 \\*Soundtrack\\*](https://store.steampowered.com/app/323180/)",
    )


def test_how_many_recommend_is_said_of_a_game_as_of_a_developer() -> None:
    counts = ReviewCounts(SentimentCounts("Valve", 1, 1, 1), RecommendedShare(4, 3))
    assert sentiment(counts, TEXTS).lines == ("Recommended in **3** of 4\xa0reviews",)


def test_a_release_without_a_day_is_marked_with_the_words_of_the_store() -> None:
    announced = replace(
        CARD,
        game=replace(PORTAL, release_year=2018, year_only=True),
        release_date=None,
        release_text="Q1 2018",
    )
    assert game(announced, TEXTS).lines[0] == "2018, no exact date\xa0· “Q1 2018”\xa0· **$9.99**"


def test_what_only_reviews_or_nobody_speaks_for_is_marked() -> None:
    reviewed = Because(games=(Reason(PORTAL, 1.0, reviewed=True),))
    card = games_for_player("ana", Recommendations([Recommendation(SOUNDTRACK, 1.0, reviewed)]), TEXTS)
    assert card.lines[0].endswith("because of Portal")
    assert card.notes == ("These data have no library of this player; the reasons are reviews",)
    described = Recommendations([Recommendation(SOUNDTRACK, 1.0, Because(common_owners=0))])
    assert similar_games(PORTAL, described, TEXTS).notes == (
        "No player of these data owns both, so these go by description",
    )


def test_a_game_is_explained_by_shares_below_all_by_the_library_or_by_the_limits() -> None:
    def line(because: Because) -> str:
        return games_for_player(
            "ana", Recommendations([Recommendation(SOUNDTRACK, 1.0, because)]), TEXTS
        ).lines[0]

    assert line(Because(games=(Reason(PORTAL, 0.4),))).endswith("because of Portal (40%)")
    assert line(Because(games=(Reason(PORTAL, 1.0),))).endswith("because of Portal")
    assert line(Because()).endswith("fits the library as a whole")
    liked = Recommendations([Recommendation(SOUNDTRACK, 1.0, Because(games=(Reason(PORTAL, 1.0),)))])
    assert games_for_taste(liked, TEXTS).lines[0].endswith("because you like Portal")
    assert games_for_taste(liked, SPANISH).lines[0].endswith("porque te gusta Portal")
    assert line(Because(by_limits=True)).endswith("among the best within your limits")


def test_what_explains_every_suggestion_is_said_once() -> None:
    def lines(*because: Because) -> tuple[str, ...]:
        found = Recommendations(Recommendation(SOUNDTRACK, 1.0, one) for one in because)
        return tuple(line.partition("](")[0] for line in games_for_taste(found, TEXTS).lines)

    titles = ("**1.** [Portal\xa02 \\*Soundtrack\\*", "**2.** [Portal\xa02 \\*Soundtrack\\*")
    only = Because(games=(Reason(PORTAL, 1.0),))
    assert lines(only, only) == ("Because you like Portal.", "", *titles)
    assert lines(Because(), Because()) == titles
    found = Recommendations(Recommendation(SOUNDTRACK, 1.0, Because()) for _ in titles)
    assert games_for_player("ana", found, TEXTS).lines[0] == "All of them fit the library as a whole."
    limits = Because(by_limits=True)
    assert (
        lines(limits, limits)[0]
        == "Nothing similar is within your limits; these are the best games that are."
    )
    assert lines(only, limits) == titles


def test_a_list_named_after_the_one_game_that_explains_it_does_not_repeat_it() -> None:
    found = Recommendations([Recommendation(SOUNDTRACK, 1.0, Because(games=(Reason(PORTAL, 1.0),)))])
    assert "because" not in games_for_those_who_like(("Portal",), found, TEXTS).lines[0]


def test_few_common_owners_are_not_counted() -> None:
    def line(owners: int) -> str:
        because = Because(tags=("Puzzle",), common_owners=owners)
        return similar_games(
            PORTAL, Recommendations([Recommendation(SOUNDTRACK, 1.0, because)]), TEXTS
        ).lines[0]

    assert line(4).endswith("> Puzzle")
    assert line(5).endswith("> 5\xa0players own both\xa0· Puzzle")


def test_unpriced_games_are_mentioned() -> None:
    card = userdata_card(UserData("ana", Decimal("5"), 50.0, 3, 2, 1), TEXTS)
    assert card.notes == ("The price of 1\xa0owned game is unknown and not counted",)


def test_hours_of_unknown_release_years_are_shown_as_such() -> None:
    champion = GenreChampion("Action", "ana", 12.0, (YearHours(2012, 10.0), YearHours(None, 2.0)))
    played = Played(champion, GenreTopYear("Action", YearHours(None, 99.0)))
    card = genre(GenreFacts("Action", False, (), played=played), TEXTS)
    assert card.lines[1:] == (
        "Most played: games of **unknown year** (99\xa0h in all)",
        "Record: **12\xa0h**, by ana",
        "Mostly in games of 2012: 10\xa0h\xa0· unknown year: 2\xa0h",
    )


def test_nobody_is_named_by_a_mere_number() -> None:
    champion = GenreChampion("Action", "76561198019826668", 12.0, ())
    played = Played(champion, GenreTopYear("Action", YearHours(2012, 99.0)))
    card = genre(GenreFacts("Action", False, (), played=played), TEXTS)
    assert "Record of one player: **12\xa0h**" in card.lines
    assert not any("76561198019826668" in line for line in card.lines)
