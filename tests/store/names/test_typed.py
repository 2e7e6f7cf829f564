"""What players type, and what each is taken for: a game, a question, or a game that the data lack."""

from collections.abc import Iterator

import pytest

from store import NotFound
from store.errors import NotInData
from store.models import GameKind, NameKind
from store.names import complete, understand, understand_games, understand_listed
from store.names.nicknames import known_games
from store.names.search_key import search_key, squashed
from store.names.series import series
from tests.copies import NewStore
from tests.store.builder import SmallStore
from tests.store.names.shelf import OTHERS, fill_shelf

GAME = NameKind.GAME

# Sure: a title, a nickname, an id or an address.
SURE = {
    730: "csgo, CS:GO, cs go, cs2, counter strike global offensive, counter-strike: global offensive",
    10: "counterstrike, counter strike, cs, cs 1.6, cs 1.5",
    240: "css, cs source, counter-strike source",
    440: "tf2, TF 2, team fortress 2, team fortress",
    570: "dota, dota 2, dota2, DOTA II",
    550: "l4d2, left 4 dead 2, left4dead2, left for dead 2",
    500: "l4d, left4dead, left 4 dead",
    220: "hl2, half life 2, halflife2, half-life ii",
    70: "hl, half-life, halflife",
    620: "portal 2, portal2, 620, store.steampowered.com/app/620?snr=1, portal ii,"
    " https://store.steampowered.com/app/620/Portal_2/, https://steamdb.info/app/620/charts/,"
    " https://steamcharts.com/app/620, https://www.protondb.com/app/620, steam://rungameid/620, app/620,"
    " <https://store.steampowered.com/agecheck/app/620/>, https://steamcommunity.com/stats/620/achievements,"
    " https://steamcommunity.com/workshop/browse/?appid=620, appid 620, #620,"
    " HTTPS://STORE.STEAMPOWERED.COM/NEWS/APP/620, https://store.steampowered.com/dlc/620/Portal_2/,"
    " https://cdn.akamai.steamstatic.com/steam/apps/620/header.jpg?t=1, steam://nav/games/details/620,"
    " steam://openurl/https://store.steampowered.com/app/620, https://gg.deals/steam/app/620/,"
    " Check out Portal 2 on Steam: https://s.team/a/620, [Portal 2](https://store.steampowered.com/app/620),"
    " https://steamcommunity.com/market/listings/620/Hat, https://store.steampowered.com/itemstore/620/browse,"
    " //store.steampowered.com/app/620, https://www.pcgamingwiki.com/wiki/Portal_2,"
    " https://es.wikipedia.org/wiki/Portal_2, https://isthereanydeal.com/game/portal-2/info/,"
    " https://www.metacritic.com/game/portal-2/, https://www.gog.com/en/game/portal_2,"
    " https://store.steampowered.com/search/?term=portal+2, **1.** Portal 2 · 2011 · $19.99,"
    " 12. Portal 2 · 99% of 372 reviews, 12. Portal 2\xa0· 99% of 372\xa0reviews",
    400: "portal, PORTAL",
    4000: "gmod, garrys mod, garry’s mod",
    271590: "gta 5, gta v, GTAV, gta5, gta, grand theft auto 5, grand theft auto v, gta online",
    12210: "gta 4, gta iv, gtaiv, gta4, GTA4",
    12120: "gta sa, san andreas, gta san andreas",
    12110: "vice city, gta vc",
    72850: "skyrim, elder scrolls v, the elder scrolls v skyrim, elder scrolls 5, tesv",
    489830: "skyrim se, skyrim special edition",
    22330: "oblivion, the elder scrolls iv oblivion, tes 4",
    8930: "civ 5, civ v, civ5, Civilization V, civilization 5, sid meiers civilization 5",
    289070: "civ 6, civ vi, civilization vi",
    292030: "witcher 3, the witcher 3, tw3, the witcher iii wild hunt",
    20920: "witcher 2",
    211420: "ds1, dark souls, prepare to die",
    374320: "ds3, dark souls 3, dark souls iii",
    236430: "ds2, dark souls ii",
    7670: "bioshock, BioShock™",
    8870: "bioshock infinite",
    49520: "bl2, borderlands 2",
    8980: "borderlands",
    218620: "payday 2, pd2, payday2",
    22380: "fnv, new vegas, fallout new vegas, fallout nv",
    377160: "fo4, fallout 4",
    359550: "r6, rainbow six siege, rainbow six, r6s",
    202970: "cod black ops 2, bo2, black ops 2, call of duty black ops ii",
    10180: "mw2, cod mw2, modern warfare 2",
    42680: "mw3, modern warfare 3",
    42700: "black ops",
    221380: "aoe2, age of empires 2, aoe 2",
    236850: "eu4, europa universalis 4",
    394360: "hoi4, hearts of iron 4",
    203770: "ck2, crusader kings 2",
    220200: "ksp, kerbal, kerbal space program",
    227300: "ets2, euro truck simulator 2",
    252950: "rocket league, rl, rocketleague",
    238960: "poe, path of exile",
    200210: "rotmg, realm of the mad god",
    48700: "warband, mount and blade warband",
    34330: "shogun 2",
    214950: "rome 2, rome ii",
    32370: "kotor",
    287700: "mgsv, mgs v, phantom pain",
    319510: "fnaf, five nights at freddys",
    381210: "dbd, dead by daylight",
    232090: "kf2, killing floor 2",
    322330: "dst, dont starve together",
    251570: "7d2d, 7 days to die, seven days to die",
    275850: "nms, no mans sky",
    413150: "stardew, stardew valley",
    113200: "isaac, binding of isaac",
    212680: "ftl",
    221910: "stanley parable",
    255710: "cities skylines",
    200510: "xcom",
    268500: "xcom2, xcom 2",
    15620: "dow2, dawn of war 2",
    47890: "sims 3, los sims 3",
    110800: "la noire",
    307780: "mkx",
    323370: "TERA (2015), tera",
    389300: "TERA (app 389300)",
    219740: "don't starve",
    323180: "portal 2 soundtrack",
    3590: "pvz, plants vs zombies",
}
# Guessed, and the person is told: one game is far better known than whatever else is called so.
GUESSED = {
    219640: "chivalry, chivalry medieval",
    620: "portl 2, portel 2, portal dos",
    304930: "unturnd",
    105600: "terrarria",
    72850: "the elder, skyrim elder scrolls, skrim, skyrimm",
    211420: "dark souls prepare to die, prepare to die edition",
    214950: "emperor edition",
    32370: "knights of the old republic",
    212680: "faster than light",
    28050: "deus",
    233450: "prison arc",
    8930: "civilization, civilisation 5, civilizacion 5",
    91310: "dead isl",
    238320: "outlas",
    6060: "star wars battlefront",
    4000: "gmod remastered, garrys mod definitive edition",
    271590: "gta five, gta 5 enhanced edition",
    24240: "payday one",
    550: "left for dead two, l4d two",
    205100: "dishonored 1, dishonored one",
    482730: "fm 17, football manager 17",
}
ASKED = (
    "need for speed, battlefield, payday, arma, witcher, fallout, cod, total war, batman, star wars, metro,"
    " stalker,"
    " saints row, half life 3, hl3, counter, machine,"
    " asdfgh, qwzxvkj, civ and scenario, high resolution texture pack, shark cash cards, tf2 heavy,"
    " dogs of hades, call of duty black,"
    " fallout 5, fallout v, gta 7, gta7, l4d 3, l4d3, tf3, bioshock 4, dark souls 4,"
    " goty, GOTY edition, game of the year, game of the year edition, the goty version, special edition,"
    " remastered, hd remastered, deluxe, definitive edition, edition, enhanced,"
    " enhanced edition, digital deluxe, gold edition, multiplayer, complete collection"
)
LACKING = (
    "hades, hades 2, elden ring, among us, apex, apex legends, pubg, celeste, sims 4, sims, cyberpunk,"
    " rdr2, bg3, baldurs gate 3, world of tanks, wot, overwatch, destiny 2, diablo, fall guys, valheim,"
    " palworld, elden rng, cyberpnk 2077, baldur gate 3, eldenring, expedition 33, e33, kcd2, bf6, mhw, kh3,"
    " poe2, repo, silksong, tunic, btd6, mw 2019, yakuza zero, rdr, ff16, helldivers 2, tarkov, lies of p,"
    " msfs, fc 26, schedule 1"
)
NOT_ON_STEAM = (
    "minecraft, MC, lol, league of legends, valorant, fortnite, wow, world of warcraft, hearthstone, roblox,"
    " starcraft 2, pokemon, zelda, genshin impact, hots, mincraft, fornite, leage of legends, gta6, gta vi,"
    " free fire, tes 6, wild rift, hytale, cod mobile, valo, bo4, minecraf, fortnight, halo 5,"
    " fifa 18, fifa 19"
)


def cases(table: dict[int, str]) -> list[tuple[str, int]]:
    return [(text.strip(), app_id) for app_id, texts in table.items() for text in texts.split(",")]


@pytest.fixture(scope="module")
def store(new_store: NewStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallStore]:
    """The shelf. Read only."""
    database = new_store(tmp_path_factory.mktemp("typed") / "nextplay.sqlite3")
    small = SmallStore(database)
    fill_shelf(small)
    yield small
    database.close()


@pytest.mark.parametrize(("text", "app_id"), cases(SURE))
def test_a_title_or_what_players_call_it_is_taken_without_a_word(
    store: SmallStore, text: str, app_id: int
) -> None:
    understood = store.ask(understand, GAME, text)
    assert (understood.id, understood.guessed) == (app_id, False)


@pytest.mark.parametrize(("text", "app_id"), cases(GUESSED))
def test_a_part_of_a_far_better_known_title_is_taken_as_a_guess(
    store: SmallStore, text: str, app_id: int
) -> None:
    understood = store.ask(understand, GAME, text)
    assert (understood.id, understood.guessed) == (app_id, True)


@pytest.mark.parametrize("text", ASKED.split(", "))
def test_what_may_be_several_or_an_add_on_is_asked(store: SmallStore, text: str) -> None:
    with pytest.raises(NotFound) as caught:
        store.ask(understand, GAME, text)
    assert not isinstance(caught.value, NotInData)
    assert caught.value.text == text


@pytest.mark.parametrize("text", LACKING.split(", "))
def test_a_well_known_game_that_the_data_lack_is_no_near_miss(store: SmallStore, text: str) -> None:
    with pytest.raises(NotInData) as caught:
        store.ask(understand, GAME, text)
    assert caught.value.on_steam


@pytest.mark.parametrize("text", NOT_ON_STEAM.split(", "))
def test_a_game_that_steam_does_not_sell_is_said_to_be_none_of_it(store: SmallStore, text: str) -> None:
    with pytest.raises(NotInData, match="is not on Steam") as caught:
        store.ask(understand, GAME, text)
    assert not caught.value.on_steam


@pytest.mark.parametrize(("text", "app_id"), [*cases(SURE), *cases(GUESSED)])
def test_what_is_taken_is_suggested_first(store: SmallStore, text: str, app_id: int) -> None:
    if app_id != 219740:  # without a title there is nothing to show
        assert store.ask(complete, GAME, text)[0].value == str(app_id)


@pytest.mark.parametrize("text", ASKED.split(", "))
def test_games_are_suggested_before_add_ons(store: SmallStore, text: str) -> None:
    add_ons = {str(app_id) for app_id, *_ in OTHERS}
    are_add_ons = [choice.value in add_ons for choice in store.ask(complete, GAME, text)]
    assert are_add_ons == sorted(are_add_ons)


def test_a_game_that_shares_a_word_with_one_that_is_lacking_can_be_chosen(store: SmallStore) -> None:
    with pytest.raises(NotInData) as caught:
        store.ask(understand, GAME, "minecraft")
    assert caught.value.suggestions == ("Minecraft: Story Mode - A Telltale Games Series",)


def test_words_as_they_were_typed_go_before_the_same_apart(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.game(35450, "Red Orchestra 2: Heroes of Stalingrad with Rising Storm")
        build.game_stats(35450, owners=900)
        build.game(418460, "Rising Storm 3: Vietnam")
        build.game_stats(418460, owners=20)
    assert small_store.ask(understand, GAME, "rising storm 3").id == 418460


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("l4d3", ["Left 4 Dead", "Left 4 Dead 2"]),
        ("tf3", ["Team Fortress 2"]),
        ("fallout 5", ["Fallout 4", "Fallout: New Vegas"]),
        ("fo 5", ["Fallout 4", "Fallout: New Vegas"]),
        ("civ 2", ["Sid Meier's Civilization® V", "Sid Meier’s Civilization® VI"]),
        ("dota 1", ["Dota 2"]),
    ],
)
def test_for_a_number_that_a_series_does_not_have_its_games_are_offered(
    store: SmallStore, text: str, first: list[str]
) -> None:
    with pytest.raises(NotFound) as caught:
        store.ask(understand, GAME, text)
    assert set(first) <= set(caught.value.suggestions)


def test_the_games_of_a_series_come_before_titles_of_its_initials_and_number(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.game(1, "Supreme Ruler 1936")
        build.game(2, "Saints Row IV")
        build.game(3, "Saints Row 2")
        for app_id in (1, 2, 3):
            build.game_stats(app_id, owners=100)
    for text in ("sr 1", "sr1"):
        suggested = [choice.label for choice in small_store.ask(complete, GAME, text)]
        assert set(suggested[:2]) == {"Saints Row IV", "Saints Row 2"}


def test_a_slip_of_a_known_title_goes_before_the_beginning_of_one_that_few_know(
    small_store: SmallStore,
) -> None:
    with small_store.fill() as build:
        build.game(105600, "Terraria")
        build.game_stats(105600, owners=2300)
        build.game(288880, "Terrian Saga: KR-17")
        build.game_stats(288880, owners=20)
    assert small_store.ask(understand, GAME, "terria").label == "Terraria"


def test_a_series_in_short_is_not_another_one_whose_name_only_begins_so(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        for app_id, (title, owners) in enumerate(
            {"Stellar Civilizations II": 900, "Civilization IV": 50, "Civilization V": 20}.items(), start=1
        ):
            build.game(app_id, title)
            build.game_stats(app_id, owners=owners)
    shown = [choice.label for choice in small_store.ask(complete, GAME, "civ")]
    assert shown == ["Civilization IV", "Civilization V", "Stellar Civilizations II"]


def test_an_edition_of_a_game_is_no_rival_of_it(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        for app_id, title in ((1, "The Fading of Una Carter"), (2, "The Fading of Una Carter Redux")):
            build.game(app_id, title)
            build.game_stats(app_id, owners=400)
    assert small_store.ask(understand, GAME, "una carter").id == 1


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("hitman xy", ("Hitman", "Hitman: Blood Money")),
        ("tales of", ("Company of Heroes: Tales of Valor", "Tales of Zestiria")),
        ("rhythm", ("Runner of Rhythm", "Rhythm Zone")),
    ],
)
def test_a_better_known_game_that_only_has_the_words_is_asked_about(
    small_store: SmallStore, text: str, others: tuple[str, str]
) -> None:
    with small_store.fill() as build:
        for app_id, title in enumerate(others, start=1):
            build.game(app_id, title)
            build.game_stats(app_id, owners=20_000 if app_id == 1 else 200)
    with pytest.raises(NotFound) as caught:
        small_store.ask(understand, GAME, text)
    assert set(caught.value.suggestions) == set(others)


def test_a_mod_is_offered_beside_a_game_that_is_called_so_and_an_add_on_is_not(
    small_store: SmallStore,
) -> None:
    with small_store.fill() as build:
        build.game(1, "Gateway Stories: VR")
        build.game(2, "Gateway Stories: Mel", kind=GameKind.MOD)
        build.game(3, "Gateway Stories: VR - Soundtrack", kind=GameKind.SOUNDTRACK)
        build.game_stats(2, owners=900)
    with pytest.raises(NotFound) as caught:
        small_store.ask(understand, GAME, "gateway stories")
    assert caught.value.suggestions == ("Gateway Stories: VR", "Gateway Stories: Mel")


def test_the_beginning_of_a_word_inside_a_title_means_no_game(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.game(1, "Rise of the Argonauts")
        build.game_stats(1, owners=900)
    with pytest.raises(NotFound):
        small_store.ask(understand, GAME, "argo")
    assert small_store.ask(understand, GAME, "argonauts").guessed


def test_a_year_is_written_in_full_or_by_its_last_digits(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.game(1, "Furrow Simulator 17")
        build.game(2, "Goal Manager 2017")
    assert small_store.ask(understand, GAME, "furrow simulator 2017").id == 1
    assert small_store.ask(understand, GAME, "goal manager 17").id == 2


@pytest.mark.parametrize("text", ["bms", "heroes 3"])
def test_initials_and_last_words_mean_no_game_that_hardly_anybody_has(
    small_store: SmallStore, text: str
) -> None:
    with small_store.fill() as build:
        for app_id, title in ((1, "Battle Mages: Sign of Darkness"), (2, "Last Heroes 3")):
            build.game(app_id, title)
            build.game_stats(app_id, owners=20)
    with pytest.raises(NotFound):
        small_store.ask(understand, GAME, text)


def test_an_edition_that_nobody_has_does_not_take_the_name_of_others(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.game(1, "Lethargic VR")
        build.game(2, "Lethargic League")
        build.game_stats(2, owners=500)
    with pytest.raises(NotFound) as caught:
        small_store.ask(understand, GAME, "lethargic")
    assert "Lethargic League" in caught.value.suggestions


def test_a_title_but_for_its_edition_is_asked_about_beside_a_far_better_known_game(
    small_store: SmallStore,
) -> None:
    with small_store.fill() as build:
        for app_id, title, owners in (
            (1, "Tactica: Gold Edition", 100),
            (2, "Tactica 3", 800),
            (3, "Rollercoast: Deluxe", 300),
            (4, "Rollercoast 3", 800),
        ):
            build.game(app_id, title)
            build.game_stats(app_id, owners=owners)
    with pytest.raises(NotFound) as caught:
        small_store.ask(understand, GAME, "tactica")
    assert set(caught.value.suggestions) == {"Tactica: Gold Edition", "Tactica 3"}
    assert small_store.ask(understand, GAME, "rollercoast").id == 3


def test_a_lacking_game_is_told_with_what_its_title_finds(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.game(254700, "resident evil 4 / biohazard 4")
    with pytest.raises(NotInData) as caught:
        small_store.ask(understand, GAME, "re4")
    assert caught.value.suggestions == ("resident evil 4 / biohazard 4",)


def test_a_game_known_by_its_page_alone_may_be_misspelt(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        build.game(1, "Moonlit Harbour", tags=tuple(map(str, range(20))))
        build.game(2, "Sunlit Harvest", tags=("Indie",))
    assert small_store.ask(understand, GAME, "moonlit harbor").guessed
    with pytest.raises(NotFound):
        small_store.ask(understand, GAME, "sunlit harvst")


def test_of_names_as_close_the_far_better_known_is_meant(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        for app_id, title, owners in ((1, "Undertale", 300), (2, "UnderRail", 20)):
            build.game(app_id, title)
            build.game_stats(app_id, owners=owners)
    assert small_store.ask(understand, GAME, "undertail").id == 1


def test_a_series_in_short_suggests_its_games_first(store: SmallStore) -> None:
    assert [choice.label for choice in store.ask(complete, GAME, "cod")[:2]] == [
        "Call of Duty®: Black Ops II",
        "Call of Duty: Modern Warfare 3",
    ]


@pytest.mark.parametrize(("text", "app_id"), [("fc", 220240), ("mk", 307780), ("dow", 15620)])
def test_a_series_in_two_letters_suggests_its_games_where_nothing_else_begins_so(
    store: SmallStore, text: str, app_id: int
) -> None:
    assert store.ask(complete, GAME, text)[0].value == str(app_id)


def test_a_series_in_two_letters_is_shown_among_what_begins_so(small_store: SmallStore) -> None:
    with small_store.fill() as build:
        for app_id, title, owners in ((1, "Football Manager 2013", 900), (2, "FMath", 0)):
            build.game(app_id, title)
            build.game_stats(app_id, owners=owners)
    labels = [choice.label for choice in small_store.ask(complete, GAME, "fm")]
    assert labels == ["Football Manager 2013", "FMath"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("https://store.steampowered.com/app/1245620/ELDEN_RING/", "ELDEN RING"),
        ("1245620", "ELDEN RING"),
        ("https://store.steampowered.com/app/999999", "app 999999"),
    ],
)
def test_the_page_of_a_game_that_the_data_lack_is_no_title(store: SmallStore, text: str, title: str) -> None:
    with pytest.raises(NotInData) as caught:
        store.ask(understand, GAME, text)
    assert caught.value.title == title


@pytest.mark.parametrize(
    "text",
    [
        "portal 2; tf2",
        "portal 2 and tf2",
        "portal 2 y tf2",
        "portal 2 + tf2",
        "portal 2, tf2",
        "tf2|portal 2",
    ],
)
def test_several_games_may_have_anything_between_them(store: SmallStore, text: str) -> None:
    assert {game.id for game in store.ask(understand_games, text)} == {620, 440}


@pytest.mark.parametrize("text", ["portal 2, hades, tf2", "portal 2 and hades and tf2"])
def test_what_the_data_lack_stops_no_other_game_of_a_list(store: SmallStore, text: str) -> None:
    listed = store.ask(understand_listed, text)
    assert [game.id for game in listed.games] == [620, 440]
    assert [error.title for error in listed.lacking] == ["Hades"]


def test_a_list_of_which_the_data_have_nothing_is_refused(store: SmallStore) -> None:
    with pytest.raises(NotInData):
        store.ask(understand_listed, "hades, elden ring")


def test_a_title_with_an_and_is_one_game(store: SmallStore) -> None:
    assert [game.id for game in store.ask(understand_games, "mount and blade warband")] == [48700]


def test_a_nickname_is_that_of_one_game() -> None:
    titles: dict[str, set[str]] = {}
    for game in known_games():
        for name in (game.title, *game.names):
            titles.setdefault(squashed(search_key(name)), set()).add(game.title)
    assert [same for same in titles.values() if len(same) > 1] == []


def test_no_series_in_full_begins_with_a_series_in_short() -> None:
    assert [short for short in series() if next(iter(series()[short].split())) in series()] == []
