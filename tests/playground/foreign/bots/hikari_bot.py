"""A bot of hikari that handles interactions itself; only the address of the API is given to it."""

import os

import hikari

bot = hikari.GatewayBot(
    os.environ["TOKEN"], rest_url=os.environ["API"], intents=hikari.Intents.GUILDS, banner=None
)


@bot.listen()
async def register(_: hikari.StartedEvent) -> None:
    application = await bot.rest.fetch_application()
    command = bot.rest.slash_command_builder("play", "Play a game").add_option(
        hikari.CommandOption(
            type=hikari.OptionType.STRING,
            name="game",
            description="Which",
            is_required=True,
            autocomplete=True,
        )
    )
    await bot.rest.set_application_commands(application.id, [command])


@bot.listen()
async def answer(event: hikari.InteractionCreateEvent) -> None:
    interaction = event.interaction
    if isinstance(interaction, hikari.AutocompleteInteraction):
        typed = interaction.options[0].value
        choices = [hikari.impl.AutocompleteChoiceBuilder(f"{typed} {n}", f"{typed}{n}") for n in "12"]
        await interaction.create_response(choices)
    elif isinstance(interaction, hikari.CommandInteraction):
        game = interaction.options[0].value
        row = bot.rest.build_message_action_row()
        row.add_interactive_button(hikari.ButtonStyle.PRIMARY, "rate", label="Rate")
        await interaction.create_initial_response(
            hikari.ResponseType.MESSAGE_CREATE,
            f"playing {game}",
            component=row,
            attachment=hikari.Bytes(f"rules of {game}".encode(), "rules.txt"),
        )
    elif isinstance(interaction, hikari.ComponentInteraction):
        row = bot.rest.build_modal_action_row().add_text_input("stars", "Stars")
        await interaction.create_modal_response("Rating", "rating", component=row)
    elif isinstance(interaction, hikari.ModalInteraction):
        await interaction.create_initial_response(
            hikari.ResponseType.DEFERRED_MESSAGE_CREATE, flags=hikari.MessageFlag.EPHEMERAL
        )
        await interaction.edit_initial_response(f"rated {interaction.components[0][0].value}")


bot.run()
