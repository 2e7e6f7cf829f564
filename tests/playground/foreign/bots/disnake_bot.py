"""A bot of disnake; only the address of the API is given to it."""

import io
import os

import disnake
from disnake.ext import commands
from disnake.http import Route

Route.BASE = os.environ["API"]

bot = commands.InteractionBot(intents=disnake.Intents(guilds=True))


class Rate(disnake.ui.View):
    def __init__(self) -> None:
        super().__init__(timeout=None)

    @disnake.ui.button(label="Rate", custom_id="rate")
    async def rate(self, _: disnake.ui.Button, interaction: disnake.MessageInteraction) -> None:
        await interaction.response.send_modal(
            title="Rating",
            custom_id="rating",
            components=[disnake.ui.TextInput(label="Stars", custom_id="stars")],
        )


@bot.slash_command(description="Play a game")
async def play(interaction: disnake.ApplicationCommandInteraction, game: str) -> None:
    file = disnake.File(io.BytesIO(f"rules of {game}".encode()), "rules.txt")
    await interaction.response.send_message(f"playing {game}", file=file, view=Rate())


@play.autocomplete("game")
async def suggest(_: disnake.ApplicationCommandInteraction, typed: str) -> dict[str, str]:
    return {f"{typed} {n}": f"{typed}{n}" for n in "12"}


@bot.listen("on_modal_submit")
async def rated(interaction: disnake.ModalInteraction) -> None:
    await interaction.response.defer(ephemeral=True)
    await interaction.edit_original_response(f"rated {interaction.text_values['stars']}")


bot.run(os.environ["TOKEN"])
