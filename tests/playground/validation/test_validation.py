"""Whatever a bot sends is either accepted or refused in Discord's form; nothing else happens."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.validation.commands import read_command
from playground.validation.errors import ApiError
from playground.validation.messages import read_draft
from playground.validation.modals import read_modal
from playground.validation.problems import Problems

pytestmark = pytest.mark.slow

anything: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 26)
    | st.sampled_from(
        [1 << 15, 1 << 60, 0.5, "x", "X y", "", "attachment://a", "https://example.com", "x" * 101]
    ),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "name", "url"]), inner)
    ),
    max_leaves=8,
)


def some(names: str, **certain: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Objects with any of these fields holding anything, and some that are more likely to be right."""
    loose = dict.fromkeys(names.split(), anything)
    return st.fixed_dictionaries({}, optional=loose | certain)


def lists(of: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(of, max_size=4) | anything


word = st.sampled_from(["x", "y", "text"]) | anything
embed = some(
    "title description url color timestamp author thumbnail",
    fields=lists(some("inline", name=word, value=word)),
    footer=some("text icon_url"),
    image=some("url"),
)
component = st.recursive(
    some("custom_id label style emoji url content", type=st.integers(1, 23)),
    lambda inner: some(
        "placeholder min_values max_values min_length max_length default_values spoiler required media file",
        type=st.integers(1, 23),
        custom_id=word,
        label=word,
        components=lists(inner),
        component=inner,
        accessory=inner,
        options=lists(some("default emoji description", label=word, value=word)),
        items=lists(some("description", media=some("url"))),
    ),
    max_leaves=8,
)
message = some(
    "content tts nonce attachments message_reference",
    flags=st.sampled_from([0, 64, 1 << 15]) | anything,
    embeds=lists(embed),
    components=lists(component),
    allowed_mentions=some("parse users roles"),
)
choice = some("name_localizations", name=word, value=word)
option = st.recursive(
    some("name description required", type=st.integers(1, 12)),
    lambda inner: some(
        "required min_value max_value min_length max_length autocomplete channel_types name_localizations",
        name=word,
        description=word,
        type=st.integers(1, 12),
        options=lists(inner),
        choices=lists(choice),
    ),
    max_leaves=6,
)
command = some(
    "type default_member_permissions dm_permission nsfw contexts integration_types description_localizations",
    name=word,
    description=word,
    options=lists(option),
    name_localizations=st.dictionaries(st.sampled_from(["de", "es-ES", "xx"]), word),
)
form = some("", title=word, custom_id=word, components=lists(component))


def is_error_tree(tree: Any) -> bool:
    """Whether nested errors have the form that clients read."""
    if not isinstance(tree, dict) or not tree:
        return False
    own = tree.get("_errors", [])
    fine = all(set(error) == {"code", "message"} for error in own)
    return fine and all(is_error_tree(below) for key, below in tree.items() if key != "_errors")


def accepted(problems: Problems) -> bool:
    """Whether nothing is wrong; if something is, it must be told in Discord's form."""
    try:
        problems.raise_if_any()
    except ApiError as error:
        assert (error.status, error.code) == (400, 50035)
        assert is_error_tree(error.errors)
        return False
    return True


@given(message)
def test_any_message_is_accepted_or_refused(body: dict[str, Any]) -> None:
    problems = Problems()
    try:
        draft = read_draft(problems, body, [])
    except ApiError as error:
        assert error.code == 50006
        return
    if accepted(problems):
        assert draft.content or draft.embeds or draft.components


@given(command)
def test_any_command_is_accepted_or_refused(body: dict[str, Any]) -> None:
    problems = Problems()
    read = read_command(problems, body)
    if accepted(problems):
        assert 1 <= len(read["name"]) <= 32


@given(form)
def test_any_form_is_accepted_or_refused(body: dict[str, Any]) -> None:
    problems = Problems()
    modal = read_modal(problems, body)
    if accepted(problems):
        assert 1 <= len(modal["components"]) <= 5
