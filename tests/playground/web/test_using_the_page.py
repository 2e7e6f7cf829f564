"""What a person does at the page, with the keyboard first, and sees."""

import pytest
from playwright.async_api import expect

from playground.web import attach_page
from tests.playground.web.conftest import OpenWindow, Place, Window, be

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_slash_lists_the_commands_with_their_descriptions(window: Window) -> None:
    await expect(window.page.locator("#welcome")).to_contain_text("Type / below")
    await window.type("/")
    assert (await window.offered())[:3] == ["/greet", "/find", "/pages"]
    await expect(window.page.locator("#suggestions [role=option]").first).to_contain_text(
        "Say hello to somebody"
    )
    await expect(window.page.locator("#search")).to_have_attribute("aria-activedescendant", "suggestion-0")


async def test_a_command_is_picked_filled_in_and_sent_without_the_mouse(window: Window) -> None:
    await window.type("/gre", "Tab")
    await expect(window.page.locator("#suggestion-heading")).to_contain_text("Whom to greet")
    await window.type("World", "Enter")
    await expect(window.last).to_contain_text("Hello, World! (warm, 1, en-US)")
    await expect(window.last.locator(".context")).to_contain_text("Ana used /greet")
    await expect(window.page.locator("#search")).to_be_focused()


async def test_arrows_walk_through_the_list_and_around_its_ends(window: Window) -> None:
    await window.type("/", "ArrowUp")
    active = window.page.locator("#suggestions li.active .suggestion-title")
    await expect(active).to_have_text("/count")
    await window.type("", "ArrowDown", "ArrowDown", "Enter")
    await expect(window.page.locator(".command-name")).to_have_text("/find")


async def test_optional_options_are_offered_behind_the_required_ones(window: Window) -> None:
    await window.type("/greet World", "Tab")
    assert await window.offered() == ["tone", "times"]
    await window.type("", "ArrowDown", "Enter")
    assert await window.offered() == ["Warm", "Cool"]
    await window.type("co", "Enter", "Enter")
    await expect(window.last).to_contain_text("(cool, 1, en-US)")


async def test_a_pasted_command_line_is_taken_apart(window: Window) -> None:
    await window.page.locator("#search").fill("/greet name:Ada Lovelace times:3")
    await window.type("", "Enter")
    await expect(window.last).to_contain_text("Hello, Ada Lovelace! (warm, 3, en-US)")


async def test_a_missing_option_is_said_before_anything_is_sent(window: Window) -> None:
    await window.type("/greet ", "Enter")
    await expect(window.page.locator("#composer-problem")).to_have_text("name: this option is required")
    await expect(window.page.locator('[data-option="name"]')).to_be_focused()
    await expect(window.page.locator("#messages > *")).to_have_count(0)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("6", "times: must be 5 or less"),
        ("0", "times: must be 1 or more"),
        ("2.5", "times: enter a whole number"),
        ("many", "times: enter a whole number"),
    ],
)
async def test_a_number_out_of_limits_is_refused_in_place(window: Window, typed: str, sentence: str) -> None:
    await window.send(f"/greet name:World times:{typed}")
    await expect(window.page.locator("#composer-problem")).to_have_text(sentence)


async def test_a_value_that_is_no_choice_is_refused_in_place(window: Window) -> None:
    await window.send("/greet name:World tone:loud")
    await expect(window.page.locator("#composer-problem")).to_have_text("tone: choose one of the list")


async def test_backspace_leads_back_out_of_a_command(window: Window) -> None:
    await window.type("/greet ", "Backspace")
    await expect(window.page.locator("#search")).to_have_value("/greet")
    await expect(window.page.locator("#search")).to_be_focused()


async def test_the_last_command_comes_back_with_the_up_key(window: Window) -> None:
    await window.send("/greet name:World")
    await expect(window.last).to_contain_text("Hello, World!")
    await window.type("", "ArrowUp")
    await expect(window.page.locator('[data-option="name"]')).to_have_value("World")


async def test_words_that_are_no_command_are_declined_kindly(window: Window) -> None:
    await window.type("hello", "Enter")
    await expect(window.page.locator("#composer-problem")).to_contain_text("start with /")
    await window.page.locator("#search").fill("/nothing")
    await expect(window.page.locator("#suggestions")).to_contain_text("No command matches /nothing")


async def test_suggestions_come_while_one_types_and_send_their_value(window: Window) -> None:
    await window.type("/find ")
    assert len(await window.offered()) == 5
    await window.type("gre")
    await expect(window.page.locator("#suggestions [role=option]")).to_have_count(1)
    await window.type("", "Tab", "Enter")
    await expect(window.last).to_contain_text("Found dark green")


async def test_free_text_is_sent_when_no_suggestion_is_picked(window: Window) -> None:
    await window.type("/find b")
    await window.offered()
    await window.type("", "Escape", "Enter")
    await expect(window.last).to_contain_text("Found b")


async def test_suggestions_that_do_not_come_are_reported(window: Window, place: Place) -> None:
    await window.type("/find ")
    await window.offered()
    await place.unanswered(window.type("never"))
    await expect(window.page.locator("#suggestions")).to_contain_text("did not answer within 3 seconds")


async def test_only_the_answer_to_what_was_typed_last_is_shown(window: Window, place: Place) -> None:
    await window.type("/find ")
    await window.offered()
    await place.until("interaction_sent", window.type("never"))
    await window.page.locator('[data-option="colour"]').fill("blue")
    assert await window.offered() == ["Blue"]
    place.discord.clock.advance(3.1)
    await place.until("interaction_acknowledged", window.page.locator('[data-option="colour"]').fill("cri"))
    await expect(window.page.locator("#suggestions")).not_to_contain_text("did not answer")
    assert await window.offered() == ["Crimson"]


async def test_pages_turn_with_buttons_and_the_focus_stays_on_them(window: Window) -> None:
    await window.send("/pages ")
    message = window.page.locator("#messages > .message")
    following = message.get_by_role("button", name="Next")
    await expect(message.get_by_role("button", name="Previous")).to_be_disabled()
    await following.focus()
    await window.type("", "Enter")
    await expect(message.locator(".embed-title")).to_have_text("Colours of the world, page 2")
    await expect(following).to_be_focused()
    await window.type("", "Enter")
    await expect(message.locator(".embed-footer")).to_have_text("Page 3 of 3")
    await expect(following).to_be_disabled()
    await expect(message.get_by_role("button", name="Previous")).to_be_focused()


async def test_a_button_that_gets_no_answer_says_that_it_failed(window: Window, place: Place) -> None:
    await window.send("/pages ")
    await place.unanswered(window.page.get_by_role("button", name="Never answered").click())
    await expect(window.last.get_by_role("alert")).to_have_text("This interaction failed")


async def test_a_command_without_an_answer_says_so_until_dismissed(window: Window, place: Place) -> None:
    await place.unanswered(window.send("/silent "))
    await expect(window.last).to_contain_text("The application did not respond")
    await window.page.get_by_role("button", name="Dismiss message").click()
    await expect(window.page.locator("#messages > *")).to_have_count(0)


async def test_thinking_gives_way_to_the_answer(window: Window, place: Place) -> None:
    await window.send("/think ")
    await expect(window.last).to_contain_text("Sample bot is thinking")
    place.discord.person(place.root).say("go on")
    await expect(window.page.locator(".message").first).to_contain_text("Done thinking")
    await expect(window.page.locator(".thinking")).to_have_count(0)


async def test_an_ephemeral_answer_is_seen_by_one_person_only(window: Window, place: Place) -> None:
    await window.send("/whisper ")
    await expect(window.last).to_contain_text("Only you can see this")
    await be(window, place.root)
    await expect(window.page.locator("#messages > *")).to_have_count(0)
    await be(window, place.ana)
    await expect(window.last).to_contain_text("Between you and me")


async def test_a_dismissed_message_stays_away(window: Window) -> None:
    await window.send("/whisper ")
    await window.page.get_by_role("button", name="Dismiss message").click()
    await expect(window.page.locator("#messages > *")).to_have_count(0)
    await window.page.reload()
    await window.page.locator("#people input:checked").wait_for(state="attached")
    await expect(window.page.locator("#messages > *")).to_have_count(0)


async def test_two_windows_show_the_same_channel_each_to_its_person(
    window: Window, open_window: OpenWindow, place: Place
) -> None:
    other = await open_window(place.root)
    await window.send("/whisper ")
    await window.send("/greet name:Everybody")
    await expect(other.last).to_contain_text("Hello, Everybody!")
    await expect(other.page.locator("#messages > *")).to_have_count(1)
    await expect(window.page.locator("#messages > *")).to_have_count(2)


async def test_commands_for_admins_are_listed_for_admins(window: Window, place: Place) -> None:
    await window.type("/adm")
    await expect(window.page.locator("#suggestions")).to_contain_text("No command matches /adm")
    await be(window, place.root)
    await window.page.locator("#search").fill("/adm")
    assert await window.offered() == ["/admin refresh"]
    await window.page.locator("#search").focus()
    await window.type("", "Tab", "Enter")
    await expect(window.last).to_contain_text("Refreshed")
    await expect(window.last.locator(".context")).to_contain_text("Root used /admin refresh")


async def test_a_menu_sends_what_is_chosen_with_the_keyboard(window: Window) -> None:
    await window.send("/menus ")
    menu = window.page.get_by_role("combobox", name="Choose a colour")
    await menu.focus()
    await window.type("", "ArrowDown", "ArrowDown", "Enter")
    await expect(window.last).to_contain_text("You chose Blue")


async def test_a_menu_of_people_sends_all_that_are_chosen_when_it_closes(window: Window) -> None:
    await window.send("/menus ")
    await window.page.get_by_role("combobox", name="Choose people").click()
    await window.page.get_by_role("option", name="@Ana").click()
    await window.page.get_by_role("option", name="@Root").click()
    await window.type("", "Escape")
    await expect(window.last).to_contain_text("You chose Ana and Root")


async def test_a_form_is_checked_filled_in_and_sent(window: Window) -> None:
    await window.send("/form ")
    dialog = window.page.get_by_role("dialog", name="Tell us")
    await expect(dialog.get_by_label("Subject")).to_be_focused()
    await window.type("Hi", "Enter")
    await expect(dialog).to_contain_text("At least 3 characters")
    await window.type(" there", "Enter")
    await expect(dialog).to_have_count(0)
    await expect(window.last).to_contain_text("Thank you for 'Hi there'")


async def test_a_form_can_be_left_with_escape(window: Window) -> None:
    await window.send("/form ")
    await expect(window.page.get_by_role("dialog")).to_be_visible()
    await window.type("", "Escape")
    await expect(window.page.get_by_role("dialog")).to_have_count(0)


async def test_people_and_files_can_be_given_as_options(window: Window) -> None:
    await window.type("/who roo", "Enter", "Enter")
    await expect(window.last).to_contain_text("@Root is here")
    await window.page.locator("#search").fill("/count ")
    await window.page.locator("input[type=file]").set_input_files(
        {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"twelve bytes"}
    )
    await window.page.locator("#send").click()
    await expect(window.last).to_contain_text("notes.txt: 12 bytes")


async def test_a_mentioned_command_can_be_chosen_where_it_stands(window: Window) -> None:
    await window.send("/who person:Root")
    await window.page.get_by_role("button", name="/greet").click()
    await expect(window.page.locator('[data-option="name"]')).to_be_focused()


async def test_direct_messages_with_the_bot_are_a_channel_of_their_own(window: Window) -> None:
    await window.page.get_by_role("button", name="Sample bot").click()
    await expect(window.page).to_have_title("@Sample bot · Sample server")
    await window.send("/greet name:Bot")
    await expect(window.last).to_contain_text("Hello, Bot!")
    await window.page.get_by_role("button", name="general").click()
    await expect(window.page.locator("#messages > *")).to_have_count(0)


async def test_spanish_changes_the_page_the_commands_and_what_the_bot_hears(window: Window) -> None:
    await window.page.get_by_label("Language").select_option("es-ES")
    await expect(window.page.locator("#search")).to_have_attribute(
        "placeholder", "Escribe / para un comando en #general"
    )
    await window.page.locator("#search").fill("/salu")
    assert await window.offered() == ["/saluda"]
    await expect(window.page.locator("#suggestions")).to_contain_text("Saluda a alguien")
    await window.page.locator("#search").focus()
    await window.type("", "Tab")
    await window.type("mundo", "Enter")
    await expect(window.last).to_contain_text("Hello, mundo! (warm, 1, es-ES)")
    await expect(window.last.locator(".context")).to_contain_text("Ana ha usado /saluda")


async def test_the_page_says_when_its_playground_has_gone_or_was_started_again(
    open_window: OpenWindow, place: Place
) -> None:
    async with attach_page(place.discord, place.guild) as address:
        window = await open_window(address=address)
    await expect(window.page.locator("#notice")).to_contain_text("Connection lost")
    async with attach_page(place.discord, place.guild, port=address.port):
        await expect(window.page.locator("#notice")).to_contain_text("was restarted")
    # The browser itself complains of each attempt to connect.
    assert all("WebSocket connection" in complaint for complaint in window.complaints)
    window.complaints.clear()
