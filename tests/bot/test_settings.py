"""Settings come from the environment, and a bad one is a sentence."""

from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, load_settings

_PAGE = Path(__file__).parents[2] / "docs" / "settings.md"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DISCORD_TOKEN", raising=False)


def test_every_setting_is_on_the_page_with_its_default_and_meaning() -> None:
    page = _PAGE.read_text(encoding="utf-8")
    for name, field in Settings.model_fields.items():
        variable = "DISCORD_TOKEN" if name == "discord_token" else f"NEXTPLAY_{name.upper()}"
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
    ],
)
def test_the_source_is_a_folder_files_or_addresses(
    source: str, sources: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "there,with comma").mkdir()
    monkeypatch.setenv("NEXTPLAY_SOURCE", source)
    assert load_settings().sources == sources


def test_a_dotenv_file_is_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("DISCORD_TOKEN=abc\nNEXTPLAY_CRAWL_YEAR=2017\n")
    settings = load_settings()
    assert settings.crawl_year == 2017
    assert settings.discord_token is not None
    assert settings.discord_token.get_secret_value() == "abc"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("NEXTPLAY_TIME_ZONE", "Mars/Olympus"),
        ("NEXTPLAY_REFRESH_AT", "25:00"),
        ("NEXTPLAY_CRAWL_YEAR", "soon"),
        ("NEXTPLAY_LOG_LEVEL", "loud"),
    ],
)
def test_a_value_that_cannot_be_used_is_one_sentence_naming_the_variable(
    variable: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError, match=variable) as caught:
        load_settings()
    assert str(caught.value).count(". ") == 0


def test_the_token_shows_in_no_representation_and_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "very-secret")
    monkeypatch.setenv("NEXTPLAY_CRAWL_YEAR", "very-secret")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert "very-secret" not in f"{caught.value!r} {caught.value.__cause__!r}"
    monkeypatch.delenv("NEXTPLAY_CRAWL_YEAR")
    assert "very-secret" not in f"{load_settings()!r} {load_settings()}"
