"""What a person can and cannot do, and what that person sees."""

import pytest

from playground import CommandNotFound, CommandNotPermitted, ComponentNotFound, DriverError, WrongOption
from playground.world.permissions import ADMINISTRATOR, MANAGE_GUILD
from tests.playground.bots import PIXEL
from tests.playground.conftest import Place

pytestmark = pytest.mark.usefixtures("bot")


def pass_deadline_after(place: Place, kind: str) -> None:
    """Let the three seconds be over as soon as something has happened."""
    place.discord.events.listen(
        lambda event: place.discord.clock.advance(3.1) if event.kind == kind else None
    )


async def test_a_slash_command_is_answered_with_what_the_bot_says(place: Place) -> None:
    reply = await place.person.slash("/echo", text="Portal 2", times=2)
    assert reply.content == "Portal 2 Portal 2"
    assert not reply.ephemeral
    assert not reply.thinking


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({}, "needs the option 'text'"),
        ({"text": "a", "size": 3}, "no option 'size'"),
        ({"text": "a", "times": 4}, "from 1 to 3"),
        ({"text": "a", "times": "two"}, "whole number"),
        ({"text": 7}, "takes text"),
        ({"text": "a", "loud": "perhaps"}, "True or False"),
    ],
)
async def test_options_the_client_would_not_send_are_refused(
    place: Place, options: dict[str, object], complaint: str
) -> None:
    with pytest.raises(WrongOption, match=complaint):
        await place.person.slash("/echo", **options)


async def test_an_unknown_command_is_refused_with_the_closest_ones(place: Place) -> None:
    with pytest.raises(CommandNotFound) as refusal:
        await place.person.slash("/ecko", text="a")
    assert refusal.value.suggestions[0] == "echo"


async def test_suggestions_see_the_other_options(place: Place) -> None:
    choices = await place.person.autocomplete("/echo", "text", "por", times=3)
    assert [(choice.name, choice.value) for choice in choices] == [("por0 x3", "por0"), ("por1 x3", "por1")]


async def test_more_than_25_suggestions_are_no_suggestions(place: Place) -> None:
    pass_deadline_after(place, "interaction_refused")
    with pytest.raises(DriverError, match="loading options failed"):
        await place.person.autocomplete("/echo", "text", "many")
    assert any(exchange.status == 400 for exchange in place.discord.recorder.exchanges)


async def test_a_button_edits_its_message(place: Place) -> None:
    reply = await place.person.slash("/pages")
    pressed = await place.person.click(reply, "Next")
    assert pressed.content == "page 2"
    assert reply.content == "page 2"
    assert len(place.person.messages) == 1


async def test_a_deferred_button_edits_later(place: Place) -> None:
    reply = await place.person.slash("/pages")
    pressed = await place.person.click(reply, "⏰ Later")
    while pressed.content != "later page":
        await pressed.changed()


async def test_a_private_answer_is_seen_by_one_person_only(place: Place) -> None:
    ben = place.discord.person(place.guild.add_member("Ben"))
    reply = await place.person.slash("/pages")
    private = await ben.click(reply, "Tell me")
    assert private.ephemeral
    assert private.content == "only for Ben"
    assert private.message in ben.messages
    assert private.message not in place.person.messages
    with pytest.raises(ComponentNotFound):
        await place.person.click(private, "anything")


async def test_a_menu_sends_the_values_of_its_labels(place: Place) -> None:
    reply = await place.person.slash("/pages")
    assert (await place.person.select(reply, "Red", "Blue")).content == "chose R+B"


async def test_controls_that_cannot_be_used_are_refused(place: Place) -> None:
    reply = await place.person.slash("/pages")
    for name, complaint in (("Manual", "is a link"), ("Never", "switched off"), ("Back", "no button")):
        with pytest.raises(ComponentNotFound, match=complaint):
            await place.person.click(reply, name)
    with pytest.raises(ComponentNotFound, match="1 to 2"):
        await place.person.select(reply, "Red", "Green", "Blue")


async def test_thinking_is_seen_first_and_then_replaced_by_the_followup(place: Place) -> None:
    seen: list[tuple[str, bool]] = []
    place.discord.events.listen(
        lambda event: seen.append((event.kind, event.message.loading)) if event.message else None
    )
    reply = await place.person.ask("/think")
    assert reply.ephemeral
    assert reply.content == "thought about it"
    more = reply.followups[0] if reply.followups else await reply.followup()
    assert more.content == "and more"
    messages = [entry for entry in seen if entry[0].startswith("message")]
    assert messages == [("message_created", True), ("message_updated", False), ("message_created", False)]


async def test_a_file_shown_in_an_embed_can_be_fetched(place: Place) -> None:
    reply = await place.person.ask("/picture")
    assert reply.embeds[0]["image"]["url"] == reply.files[0].url
    assert (reply.embeds[0]["image"]["width"], reply.embeds[0]["image"]["height"]) == (2, 3)
    assert reply.files[0].data == PIXEL


async def test_a_form_is_filled_in_by_labels(place: Place) -> None:
    reply = await place.person.slash("/form")
    assert reply.modal is not None
    assert reply.modal.title == "Feedback"
    answer = await place.person.submit(reply, your_name="Ana", Mood=["Good"])
    assert answer.content == "thanks Ana: Good"


async def test_a_form_refuses_what_the_client_would_not_send(place: Place) -> None:
    reply = await place.person.slash("/form")
    with pytest.raises(WrongOption, match="'Your name' is required"):
        await place.person.submit(reply)
    with pytest.raises(WrongOption, match="0 to 20 characters"):
        await place.person.submit(reply, your_name="x" * 21)
    with pytest.raises(WrongOption, match="no field"):
        await place.person.submit(reply, nickname="x")


async def test_people_and_files_are_given_as_objects(place: Place) -> None:
    ben = place.guild.add_member("Ben")
    reply = await place.person.slash("/greet", who=ben, file=("note.txt", b"from Ana"))
    assert reply.content == "hello Ben from Ana"


async def test_a_layout_is_drawn_as_text(place: Place) -> None:
    reply = await place.person.slash("/layout")
    assert "## Heading" in reply.text


async def test_a_command_for_admins_is_hidden_from_others(place: Place) -> None:
    root = place.discord.person(place.guild.add_member("Root", permissions=ADMINISTRATOR))
    manager = place.discord.person(place.guild.add_member("Mia", permissions=MANAGE_GUILD))
    for person in (root, manager):
        assert (await person.slash("/admin refresh")).content == "refreshed"
    with pytest.raises(CommandNotPermitted, match="Manage Server"):
        await place.person.slash("/admin refresh")
    assert "admin refresh" not in [offer.name for offer in place.person.commands]


async def test_a_servers_admins_can_open_a_command_to_one_person(place: Place) -> None:
    root = place.discord.person(place.guild.add_member("Root", permissions=ADMINISTRATOR))
    offer = root.find("/admin refresh")
    place.application.command_overrides[place.guild.id, int(offer.command["id"])] = {place.ana.id: True}
    assert (await place.person.slash("/admin refresh")).content == "refreshed"


async def test_direct_messages_offer_only_what_is_meant_for_them(place: Place) -> None:
    private = place.direct()
    assert (await private.slash("/echo", text="psst")).content == "psst"
    with pytest.raises(CommandNotPermitted, match="direct messages"):
        await private.slash("/admin refresh")


async def test_a_bot_that_stays_silent_is_seen_to_fail(place: Place) -> None:
    pass_deadline_after(place, "interaction_sent")
    reply = await place.person.slash("/silence")
    assert reply.failed
    assert "The application did not respond" in reply.text


async def test_a_refused_answer_is_named_in_the_transcript(place: Place) -> None:
    pass_deadline_after(place, "interaction_refused")
    reply = await place.person.slash("/broken")
    assert reply.failed
    assert "data.content: Must be 2000 or fewer in length." in place.discord.transcript()


async def test_the_bot_is_seen_in_the_language_of_the_person(place: Place) -> None:
    eva = place.discord.person(place.guild.add_member("Eva", locale="es-ES"))
    reply = await eva.slash("/echo", text="hola")
    assert reply.interaction.user.locale == "es-ES"


async def test_tokens_stay_out_of_transcripts(place: Place) -> None:
    reply = await place.person.slash("/echo", text="hi")
    assert reply.interaction.token not in place.discord.transcript()
    assert place.application.token not in place.discord.transcript()
    assert place.application.token not in repr(place.application)
