"""Settings come from the environment and `.env`, and a bad one is a sentence."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.refresh.schedule import Nightly
from bot.settings import Settings, SettingsError, load_settings, unknown_settings
from bot.settings.environment import RepeatedName, UnknownName, repeated_names

_PAGE = Path(__file__).parents[3] / "docs" / "settings.md"
_VARIABLES = ["DISCORD_TOKEN", *(f"NEXTPLAY_{name.upper()}" for name in Settings.model_fields)]
_TOKEN = "very-secret"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith(("NEXTPLAY_", "DISCORD_")) or name == "TZ"]:
        monkeypatch.delenv(name)


@contextmanager
def environment(**variables: str) -> Iterator[None]:
    """Set variables for the block."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in variables.items():
            patch.setenv(name, value)
        yield


def refusal(**variables: str) -> str:
    """Return the sentence with which settings are refused."""
    with environment(**variables), pytest.raises(SettingsError) as caught:
        load_settings()
    sentence = str(caught.value)
    assert sentence.count(". ") == 0
    assert sentence.endswith(".")
    return sentence


def test_every_setting_is_on_the_page_with_its_default_and_meaning() -> None:
    page = _PAGE.read_text(encoding="utf-8")
    for name, field in Settings.model_fields.items():
        is_of_others = name in ("discord_token", "steam_api_key")
        variable = name.upper() if is_of_others else f"NEXTPLAY_{name.upper()}"
        (row,) = [line for line in page.splitlines() if line.startswith(f"| `{variable}` |")]
        assert field.description
        assert field.description.split(",")[0].rstrip(".") in row


@pytest.mark.parametrize(
    ("source", "sources"),
    [
        ("raw files", ("raw files",)),
        ("games.json, reviews.json ,items.json", ("games.json", "reviews.json", "items.json")),
        ("https://example.com/steam", ("https://example.com/steam",)),
        ("there,with comma", ("there,with comma",)),
        (",".join(["https://example.com/" + 90 * "x/"] * 50), ("https://example.com/" + 90 * "x/",) * 50),
    ],
)
def test_the_source_is_a_folder_files_or_addresses(
    source: str, sources: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "there,with comma").mkdir()
    monkeypatch.setenv("NEXTPLAY_SOURCE", source)
    assert load_settings().sources == sources


@pytest.mark.parametrize(
    ("value", "store"),
    [
        ("https://data.example/nextplay/", "https://data.example/nextplay/manifest.json"),
        ("s3://bucket/older.json", "s3://bucket/older.json"),
    ],
)
def test_a_published_store_is_named_by_its_manifest_or_the_folder_of_that(value: str, store: str) -> None:
    assert Settings(_env_file=None, store=value).store == store


def test_steam_is_a_source_that_is_nowhere_on_this_machine() -> None:
    with environment(NEXTPLAY_SOURCE="Steam, raw files, ./steam"):
        settings = load_settings()
    assert settings.local_sources == (Path("raw files"), Path("./steam"))


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("STEAM_API_KEY", "no key at all"),
        ("NEXTPLAY_STEAM_COUNTRY", "Germany"),
        ("NEXTPLAY_STEAM_LANGUAGES", "en-US"),
        ("NEXTPLAY_STEAM_API_HOST", "api.steampowered.com"),
        ("NEXTPLAY_STEAM_CALLS_A_DAY", "1000000"),
    ],
)
def test_what_steam_would_not_take_is_refused(variable: str, value: str) -> None:
    assert refusal(**{variable: value}).startswith(f"{variable} cannot be used: ")


class TestDotenv:
    @pytest.mark.parametrize(
        "text",
        [
            b"DISCORD_TOKEN=abc\nNEXTPLAY_CRAWL_YEAR=2017\n",
            b"\xef\xbb\xbfDISCORD_TOKEN=abc\nNEXTPLAY_CRAWL_YEAR=2017",
            b"# ours\r\nDISCORD_TOKEN=abc\r\n\r\nNEXTPLAY_CRAWL_YEAR=2017\r\n",
            b"export DISCORD_TOKEN='abc'\nexport NEXTPLAY_CRAWL_YEAR = \"2017\" # then\n",
        ],
        ids=["plain", "byte-order mark", "CRLF", "export and quotes"],
    )
    def test_it_is_read(self, text: bytes) -> None:
        Path(".env").write_bytes(text)
        settings = load_settings()
        assert settings.crawl_year == 2017
        assert settings.discord_token is not None
        assert settings.discord_token.get_secret_value() == "abc"

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
    def test_another_encoding_is_named(self, encoding: str) -> None:
        Path(".env").write_text("DISCORD_TOKEN=very-secret\r\n", encoding=encoding)
        assert "save it as UTF-8" in refusal()

    def test_a_nul_byte_is_refused(self) -> None:
        Path(".env").write_bytes(b"DISCORD_TOKEN=a\0b")
        assert "NUL bytes" in refusal()

    def test_the_line_that_is_no_utf_8_is_named(self) -> None:
        Path(".env").write_bytes("NEXTPLAY_CRAWL_YEAR=2017\n# año\n".encode("latin-1"))
        assert refusal() == "Line 2 of .env is not in UTF-8; save the file as UTF-8."

    def test_the_line_that_sets_nothing_is_named_and_not_repeated(self) -> None:
        Path(".env").write_text(f"NEXTPLAY_CRAWL_YEAR=2017\nDISCORD_TOKEN {_TOKEN}\n")
        sentence = refusal()
        assert sentence.startswith("Line 2 of .env cannot be read")
        assert _TOKEN not in sentence

    def test_a_folder_of_that_name_is_refused(self) -> None:
        Path(".env").mkdir()
        assert ".env is a folder" in refusal()

    def test_one_that_cannot_be_read_is_refused(self) -> None:
        Path(".env").symlink_to("/proc/self/mem")  # which is a file, and has nothing at its beginning
        assert "The file .env cannot be read: Input/output error" in refusal()

    def test_names_of_other_programs_are_left_alone(self) -> None:
        Path(".env").write_text("POSTGRES_PASSWORD=x\nPUID\n")
        assert load_settings() == Settings(_env_file=None)
        assert unknown_settings() == ()


@pytest.mark.parametrize(
    ("variable", "value", "remedy"),
    [
        ("NEXTPLAY_TIME_ZONE", "Mars/Olympus", "Europe/Madrid"),
        ("NEXTPLAY_TIME_ZONE", "America/Santigo", "America/Santiago"),
        ("NEXTPLAY_TIME_ZONE", "Europe", "one such as"),
        ("NEXTPLAY_TIME_ZONE", "../../etc/passwd", "one such as"),
        ("NEXTPLAY_TIME_ZONE", '"Europe/Madrid"', "remove them"),
        ("NEXTPLAY_REFRESH_AT", "25:00", "HH:MM"),
        ("NEXTPLAY_REFRESH_AT", "430", "HH:MM"),
        ("NEXTPLAY_REFRESH_AT", "04:30+02:00", "without a zone"),
        ("NEXTPLAY_CRAWL_YEAR", "soon", "integer"),
        ("NEXTPLAY_CRAWL_YEAR", "1066", "2003"),
        ("NEXTPLAY_MAX_REJECT_PERCENT", "nan", "finite"),
        ("NEXTPLAY_MAX_REJECT_PERCENT", "101", "100"),
        ("NEXTPLAY_METRICS_PORT", "70000", "65535"),
        ("NEXTPLAY_METRICS_HOST", "/run/metrics.sock", "IPv4"),
        ("NEXTPLAY_LOG_LEVEL", "loud", "'debug'"),
        ("NEXTPLAY_DATABASE", "https://example.com/store", "path on this machine"),
        ("NEXTPLAY_DATABASE", "sqlite:///data/store.sqlite3", "path on this machine"),
        ("NEXTPLAY_DATABASE", ".", "name a file in it"),
        ("NEXTPLAY_DATABASE", "~nobody-of-this-name/store", "whole path"),
        ("NEXTPLAY_DATABASE", 300 * "x", "give another one"),
        ("NEXTPLAY_DATABASE", "tab\there", "type it again"),
        ("NEXTPLAY_BACKUP_FOLDER", "s3://bucket/backups", "path on this machine"),
        ("NEXTPLAY_BACKUP_FOLDER", "file", "name a folder"),
        ("NEXTPLAY_SOURCE", "ftp://example.com/steam", "http"),
        ("NEXTPLAY_SOURCE", "data,file:///data", "http"),
        ("NEXTPLAY_SOURCE", " , ", "give a folder"),
        ("NEXTPLAY_STEAM_API_HOST", "http://[", "address such as"),
        ("NEXTPLAY_STEAM_API_HOST", "https://steam api.test", "address such as"),
        ("NEXTPLAY_STEAM_API_HOST", "https://", "address such as"),
        ("NEXTPLAY_STEAM_API_HOST", "https:///IStoreService", "address such as"),
        ("NEXTPLAY_STEAM_STORE_HOST", "https://store.test:port", "address such as"),
        ("NEXTPLAY_STEAM_STORE_HOST", "https://store.test:70000", "address such as"),
        ("NEXTPLAY_PUBLIC_URL", "https://:443", "address such as"),
        ("NEXTPLAY_API_CORS_ORIGINS", "example.org", "address such as|origins such as"),
        ("NEXTPLAY_API_CORS_ORIGINS", "https://example.org/page", "origins such as"),
        ("NEXTPLAY_API_CORS_ORIGINS", "*,ftp://example.org", "such as"),
        ("NEXTPLAY_ANONYMOUS_PLAYERS", 30 * "9", "1000000000"),
        ("NEXTPLAY_OWNERS", "Olga", "digits"),
        ("NEXTPLAY_OWNERS", "12", "digits"),
        ("DISCORD_TOKEN", "'abc'", "remove them"),
        ("DISCORD_TOKEN", "two words", "copy it again"),
        ("DISCORD_TOKEN", "señal", "copy it again"),
    ],
)
def test_a_value_that_cannot_be_used_is_one_sentence_with_the_variable_and_the_remedy(
    variable: str, value: str, remedy: str
) -> None:
    Path("file").touch()
    sentence = refusal(**{variable: value})
    assert sentence.startswith(f"{variable} cannot be used: ")
    assert any(one in sentence for one in remedy.split("|"))


def test_origins_are_those_that_browsers_name() -> None:
    with environment(NEXTPLAY_API_CORS_ORIGINS="https://a.test/, *, http://[::1]:8000"):
        assert load_settings().api.cors_origins == ("https://a.test", "*", "http://[::1]:8000")


def test_all_values_that_cannot_be_used_are_named_at_once() -> None:
    sentence = refusal(DISCORD_TOKEN="two words", NEXTPLAY_LOG_LEVEL="loud")
    assert "DISCORD_TOKEN cannot be used" in sentence
    assert "NEXTPLAY_LOG_LEVEL cannot be used" in sentence


@pytest.mark.parametrize("variable", _VARIABLES)
@pytest.mark.parametrize("value", ["", " ", "\t\r\n"])
def test_an_empty_value_is_as_none(variable: str, value: str) -> None:
    with environment(**{variable: value}):
        assert load_settings() == Settings(_env_file=None)


def test_white_space_around_a_value_is_none_of_it() -> None:
    with environment(NEXTPLAY_DATABASE=" store.sqlite3\r", NEXTPLAY_CRAWL_YEAR="2017\r"):
        settings = load_settings()
    assert (settings.database, settings.crawl_year) == (Path("store.sqlite3"), 2017)


def test_owners_are_a_list_of_ids() -> None:
    with environment(NEXTPLAY_OWNERS="123456789012345678, 223456789012345678"):
        assert load_settings().owners == (123456789012345678, 223456789012345678)


class TestTimeZoneOfTheMachine:
    def test_it_is_that_of_tz(self) -> None:
        with environment(TZ=":America/Santiago"):
            assert str(load_settings().zone) == "America/Santiago"

    @pytest.mark.parametrize(
        "value", ["Europe/Madird", '"Europe/Madrid"', "CET-1CEST,M3.5.0", "Europe", "/etc/passwd", "/etc"]
    )
    def test_one_that_is_none_is_a_sentence(self, value: str) -> None:
        with environment(TZ=value):
            settings = load_settings()
            with pytest.raises(SettingsError, match=r"^TZ cannot be used: .*one such as [\w/]+\.$"):
                Nightly.from_settings(settings)

    def test_it_does_not_matter_where_a_zone_is_set(self) -> None:
        with environment(TZ="nonsense", NEXTPLAY_TIME_ZONE="Europe/Madrid"):
            assert str(load_settings().zone) == "Europe/Madrid"


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("NEXTPLAY_DATABSE", "NEXTPLAY_DATABASE"),
        ("nextplay_databse", "NEXTPLAY_DATABASE"),
        ("NEXT_PLAY_SOURCE", "NEXTPLAY_SOURCE"),
        ("DISCORD_TOKN", "DISCORD_TOKEN"),
        ("NEXTPLAY_FAVOURITE_COLOUR", None),
    ],
)
@pytest.mark.parametrize("in_dotenv", [False, True])
def test_a_name_that_is_no_setting_is_known_with_the_nearest_that_is_one(
    name: str, nearest: str | None, in_dotenv: bool
) -> None:
    if in_dotenv:
        Path(".env").write_text(f"{name}=x\n")
    with environment(**({} if in_dotenv else {name: "x"})):
        assert unknown_settings() == (UnknownName(name.upper(), nearest),)


def test_the_token_shows_in_no_representation_and_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "very-secret")
    monkeypatch.setenv("NEXTPLAY_CRAWL_YEAR", "very-secret")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert "very-secret" not in f"{caught.value!r} {caught.value.__cause__!r}"
    monkeypatch.delenv("NEXTPLAY_CRAWL_YEAR")
    assert "very-secret" not in f"{load_settings()!r} {load_settings()}"


# What the environment can hold: no NUL, and bytes that are no UTF-8 as lone surrogates.
VALUES = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60
) | st.sampled_from(
    [
        "\udcff",
        "~",
        "~x",
        "/",
        ".",
        "1e400",
        "-0",
        "nan",
        "0x10",
        "1_0",
        "[]",
        "{",
        "http://",
        "http://[",
        "::1",
    ]
)


@pytest.mark.slow
@pytest.mark.parametrize("variable", [*_VARIABLES, "TZ"])
@given(value=VALUES)
@example(value="/" + 5000 * "x")
def test_any_value_is_taken_or_refused_by_a_sentence_without_it(variable: str, value: str) -> None:
    with environment(**{variable: value}):
        try:
            settings = load_settings()
            assert settings.sources
            Nightly.from_settings(settings)
        except SettingsError as error:
            assert variable.removeprefix("NEXTPLAY_") in str(error)
            assert len(value.strip()) < 12 or value.strip() not in str(error)


@given(st.binary(max_size=200))
def test_any_dotenv_is_read_or_refused_by_a_sentence(data: bytes) -> None:
    Path(".env").write_bytes(data)
    try:
        load_settings()
    except SettingsError as error:
        assert str(error).endswith(".")


@pytest.mark.parametrize(
    ("written", "repeated"),
    [
        ("NEXTPLAY_LOG_LEVEL=info\n", ()),
        ("A=1\n# A=2\nB=A=3\n", ()),
        (
            "NEXTPLAY_LOG_LEVEL=info\n\n# a comment\nNEXTPLAY_LOG_LEVEL=debug\n",
            (RepeatedName("NEXTPLAY_LOG_LEVEL", (1, 4)),),
        ),
        ("\n\nA=1\n\n\nexport a = 2\n", (RepeatedName("A", (3, 6)),)),
        (
            'DISCORD_TOKEN=x\nB="1\n2"\nB\ndiscord_token=\n',
            (RepeatedName("DISCORD_TOKEN", (1, 5)), RepeatedName("B", (2, 4))),
        ),
        ("A=1\r\nA=1\r\n", (RepeatedName("A", (1, 2)),)),
    ],
)
def test_a_name_that_is_set_twice_is_told_with_its_lines(
    written: str, repeated: tuple[RepeatedName, ...]
) -> None:
    Path(".env").write_bytes(written.encode())
    assert repeated_names() == repeated
