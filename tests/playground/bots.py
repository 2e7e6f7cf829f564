"""Small real bots, made with discord.py, that the tests talk to."""

import asyncio
import io
from typing import Any

import discord
from discord import app_commands

PIXEL = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x02\x00\x00\x00\x03\x08\x06\x00\x00\x00"
    b"\xb9\xea\xde\x81\x00\x00\x00\x00IEND\xaeB`\x82"
)


class TreeClient(discord.Client):
    """A client with a command tree that syncs before it connects."""

    def __init__(self, **options: Any) -> None:
        super().__init__(intents=discord.Intents.default(), **options)
        self.tree = app_commands.CommandTree(self)
        self.resumed = asyncio.Event()
        self.errors: list[BaseException] = []
        self.tree.error(self._keep_error)

    async def setup_hook(self) -> None:
        await self.tree.sync()

    async def on_resumed(self) -> None:
        self.resumed.set()

    async def _keep_error(self, _: discord.Interaction, error: app_commands.AppCommandError) -> None:
        self.errors.append(error.__cause__ or error)


class Pager(discord.ui.View):
    """Two pages, a link and a menu."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        self.add_item(discord.ui.Button(label="Manual", url="https://example.com/manual"))
        self.add_item(discord.ui.Button(label="Never", disabled=True, custom_id="never"))

    @discord.ui.button(label="Next")
    async def next_page(self, interaction: discord.Interaction, _: discord.ui.Button["Pager"]) -> None:
        await interaction.response.edit_message(content="page 2")

    @discord.ui.button(label="Later", emoji="⏰")
    async def later(self, interaction: discord.Interaction, _: discord.ui.Button["Pager"]) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(content="later page")

    @discord.ui.button(label="Tell me")
    async def tell(self, interaction: discord.Interaction, _: discord.ui.Button["Pager"]) -> None:
        await interaction.response.send_message(f"only for {interaction.user.display_name}", ephemeral=True)

    @discord.ui.select(
        placeholder="Colours",
        max_values=2,
        options=[discord.SelectOption(label=name, value=name[0]) for name in ("Red", "Green", "Blue")],
    )
    async def colours(self, interaction: discord.Interaction, select: discord.ui.Select["Pager"]) -> None:
        await interaction.response.edit_message(content=f"chose {'+'.join(select.values)}")


class Feedback(discord.ui.Modal, title="Feedback"):
    """A form with a required line and an optional choice."""

    name: discord.ui.TextInput["Feedback"] = discord.ui.TextInput(label="Your name", max_length=20)
    mood: discord.ui.Label["Feedback"] = discord.ui.Label(
        text="Mood",
        component=discord.ui.Select(
            required=False, options=[discord.SelectOption(label="Good"), discord.SelectOption(label="Bad")]
        ),
    )

    async def on_submit(self, interaction: discord.Interaction) -> None:
        assert isinstance(self.mood.component, discord.ui.Select)
        mood = ", ".join(self.mood.component.values) or "no mood"
        await interaction.response.send_message(f"thanks {self.name.value}: {mood}")


def full_client() -> TreeClient:
    """A client with one command for each way of answering."""
    client = TreeClient()
    tree = client.tree

    @tree.command(description="Say something back")
    async def echo(
        interaction: discord.Interaction,
        text: str,
        times: app_commands.Range[int, 1, 3] = 1,
        loud: bool = False,
    ) -> None:
        words = " ".join([text] * times)
        await interaction.response.send_message(words.upper() if loud else words)

    @echo.autocomplete("text")
    async def suggest(interaction: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
        amount = 26 if current == "many" else 2
        times = interaction.namespace.times
        return [
            app_commands.Choice(name=f"{current}{n} x{times}", value=f"{current}{n}") for n in range(amount)
        ]

    @tree.command(description="Pages with buttons")
    async def pages(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("page 1", view=Pager())

    @tree.command(description="Think first, for you alone")
    async def think(interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True)
        await interaction.followup.send("thought about it")
        await interaction.followup.send("and more", ephemeral=True)

    @tree.command(description="A picture in an embed")
    async def picture(interaction: discord.Interaction) -> None:
        await interaction.response.defer()
        embed = discord.Embed(title="Chart").set_image(url="attachment://chart.png")
        await interaction.edit_original_response(
            embed=embed, attachments=[discord.File(io.BytesIO(PIXEL), "chart.png")]
        )

    @tree.command(description="Open a form")
    async def form(interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(Feedback())

    @tree.command(description="Never answer")
    async def silence(interaction: discord.Interaction) -> None:
        return

    @tree.command(description="Break a limit")
    async def broken(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("x" * 2001)

    @tree.command(description="A layout of components")
    async def layout(interaction: discord.Interaction) -> None:
        view = discord.ui.LayoutView()
        inner: list[Any] = [discord.ui.TextDisplay("## Heading"), discord.ui.Separator()]
        view.add_item(discord.ui.Container(*inner, accent_colour=discord.Colour.green()))
        await interaction.response.send_message(view=view)

    @tree.command(description="Say hello to somebody")
    async def greet(
        interaction: discord.Interaction, who: discord.Member, file: discord.Attachment | None = None
    ) -> None:
        data = await file.read() if file else b""
        await interaction.response.send_message(f"hello {who.display_name} {data.decode()}".strip())

    admin = app_commands.Group(
        name="admin",
        description="For admins",
        default_permissions=discord.Permissions(manage_guild=True),
        guild_only=True,
    )

    @admin.command(description="Load everything again")
    async def refresh(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("refreshed", ephemeral=True)

    tree.add_command(admin)
    return client
