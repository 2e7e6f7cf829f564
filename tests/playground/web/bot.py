"""The other side of the page's tests: a small bot that uses everything the page has to show."""

import asyncio
import io
import struct
import zlib
from typing import Any

import discord
from discord import app_commands

COLOURS = ["Amber", "Blue", "Crimson", "Dark green", "Emerald"]
# Where nothing answers.
ELSEWHERE = "http://127.0.0.1:9/thumbnail.png"

HOSTILE = (
    "<img src=x onerror=\"document.title='owned'\"> <script>document.title='owned'</script> "
    "[a](javascript:alert(1)) [b](data:text/html,x) <b>bold?</b> &amp; "
)
SPANISH = {
    "greet": "saluda",
    "Say hello to somebody": "Saluda a alguien",
    "name": "nombre",
    "Whom to greet": "A quién saludar",
    "tone": "tono",
    "How it should sound": "Cómo debe sonar",
    "Warm": "Cálido",
    "Cool": "Frío",
    "times": "veces",
    "How often": "Cuántas veces",
}


class Spanish(app_commands.Translator):
    """Spanish for the words above, nothing for others."""

    async def translate(self, text: app_commands.locale_str, locale: discord.Locale, _: Any) -> str | None:
        return SPANISH.get(text.message) if locale is discord.Locale.spain_spanish else None


def png(width: int, height: int, rgb: tuple[int, int, int]) -> bytes:
    """A picture of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\x00" + bytes(rgb) * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def card(page: int = 1) -> discord.Embed:
    """An embed with every part that one can have but pictures."""
    embed = discord.Embed(
        title=f"Colours of the world, page {page}",
        url="https://example.org/colours",
        description="**Bold**, *italic*, __underlined__, ~~struck~~, ||hidden||, `code`\n- first\n- second",
        colour=0x3B82F6,
    )
    embed.set_author(name="The colour book")
    embed.add_field(name="Red", value="620 nm", inline=True)
    embed.add_field(name="Green", value="530 nm", inline=True)
    embed.add_field(name="Blue", value="470 nm", inline=True)
    embed.add_field(
        name="Note",
        value="Wavelengths are rounded, see [the table](https://example.org/table).",
        inline=False,
    )
    embed.set_footer(text=f"Page {page} of 3")
    return embed


class Pager(discord.ui.View):
    """Three pages, with buttons that stop at the ends."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        self.page = 1
        self.previous.disabled = True

    async def turn(self, interaction: discord.Interaction, step: int) -> None:
        self.page += step
        self.previous.disabled = self.page == 1
        self.next.disabled = self.page == 3
        await interaction.response.edit_message(embed=card(self.page), view=self)

    @discord.ui.button(label="Previous", style=discord.ButtonStyle.secondary)
    async def previous(self, interaction: discord.Interaction, _: Any) -> None:
        await self.turn(interaction, -1)

    @discord.ui.button(label="Next", style=discord.ButtonStyle.primary)
    async def next(self, interaction: discord.Interaction, _: Any) -> None:
        await self.turn(interaction, 1)

    @discord.ui.button(label="Never answered", style=discord.ButtonStyle.danger)
    async def never(self, interaction: discord.Interaction, _: Any) -> None:
        """Leaves the person without an answer."""

    @discord.ui.button(label="Off", style=discord.ButtonStyle.success, disabled=True)
    async def off(self, interaction: discord.Interaction, _: Any) -> None:
        """Cannot be pressed."""


class Menus(discord.ui.View):
    """One select for one colour, one for several people."""

    @discord.ui.select(
        placeholder="Choose a colour",
        options=[
            discord.SelectOption(label=name, description=f"All of {name.lower()}", emoji="🎨")
            for name in COLOURS
        ],
    )
    async def colour(self, interaction: discord.Interaction, select: discord.ui.Select[Any]) -> None:
        await interaction.response.send_message(f"You chose {select.values[0]}")

    @discord.ui.select(cls=discord.ui.UserSelect, placeholder="Choose people", max_values=3)
    async def people(self, interaction: discord.Interaction, select: discord.ui.UserSelect[Any]) -> None:
        names = sorted(person.display_name for person in select.values)
        await interaction.response.send_message(f"You chose {' and '.join(names)}")


class Feedback(discord.ui.Modal, title="Tell us"):
    """A form with a short and a long field."""

    subject: discord.ui.TextInput[Any] = discord.ui.TextInput(label="Subject", min_length=3, max_length=40)
    words: discord.ui.TextInput[Any] = discord.ui.TextInput(
        label="Your words", style=discord.TextStyle.paragraph, required=False
    )

    async def on_submit(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message(f"Thank you for {self.subject.value!r}", ephemeral=True)


class Layout(discord.ui.LayoutView):
    """Components V2."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        button = discord.ui.Button[Any](label="Details", url="https://example.org/details")
        section = discord.ui.Section("### Portal 2\nA puzzle game.", accessory=button)
        rows: tuple[discord.ui.Item[Any], ...] = (
            section,
            discord.ui.Separator(),
            discord.ui.TextDisplay("-# Shown with components only"),
            discord.ui.MediaGallery(discord.MediaGalleryItem("attachment://green.png")),
        )
        self.add_item(discord.ui.Container(*rows, accent_colour=0x22C55E))


def make_bot() -> discord.Client:
    """A client that registers these commands when it starts."""
    client = discord.Client(intents=discord.Intents.default())
    tree = app_commands.CommandTree(client)
    waiting = asyncio.Event()

    @tree.command(description="Say hello to somebody")
    @app_commands.describe(name="Whom to greet", tone="How it should sound", times="How often")
    @app_commands.choices(
        tone=[app_commands.Choice(name="Warm", value="warm"), app_commands.Choice(name="Cool", value="cool")]
    )
    async def greet(
        interaction: discord.Interaction,
        name: str,
        tone: str = "warm",
        times: app_commands.Range[int, 1, 5] = 1,
    ) -> None:
        await interaction.response.send_message(f"**Hello, {name}!** ({tone}, {times}, {interaction.locale})")

    async def colours(_: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        if typed == "never":
            await waiting.wait()
        return [
            app_commands.Choice(name=name, value=name.lower())
            for name in COLOURS
            if typed.lower() in name.lower()
        ]

    @tree.command(description="Find a colour by its name")
    @app_commands.describe(colour="Part of its name")
    @app_commands.autocomplete(colour=colours)
    async def find(interaction: discord.Interaction, colour: str) -> None:
        await interaction.response.send_message(f"Found `{colour}`")

    @tree.command(description="Read about colours, page by page")
    async def pages(interaction: discord.Interaction) -> None:
        await interaction.response.send_message(embed=card(), view=Pager())

    @tree.command(description="Show a picture")
    async def picture(interaction: discord.Interaction) -> None:
        embed = discord.Embed(
            title="A picture", colour=0xF59E0B, description="With a thumbnail from elsewhere."
        )
        embed.set_image(url="attachment://orange.png")
        embed.set_thumbnail(url=ELSEWHERE)
        file = discord.File(io.BytesIO(png(400, 120, (245, 158, 11))), "orange.png")
        await interaction.response.send_message(embed=embed, file=file)

    @tree.command(description="Show components only")
    async def layout(interaction: discord.Interaction) -> None:
        file = discord.File(io.BytesIO(png(320, 80, (34, 197, 94))), "green.png")
        await interaction.response.send_message(view=Layout(), file=file)

    @tree.command(description="Choose from menus")
    async def menus(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("Your choice:", view=Menus())

    @tree.command(description="Fill in a form")
    async def form(interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(Feedback())

    @tree.command(description="Something only you can see")
    async def whisper(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("Between you and me", ephemeral=True)

    @tree.command(description="Think until somebody speaks")
    async def think(interaction: discord.Interaction) -> None:
        await interaction.response.defer()
        await client.wait_for("message", check=lambda message: not message.author.bot)
        await interaction.followup.send("Done thinking")

    @tree.command(description="Never answer")
    async def silent(interaction: discord.Interaction) -> None:
        """Leaves the person without an answer."""

    @tree.command(description="Everything that must stay text")
    async def hostile(interaction: discord.Interaction) -> None:
        embed = discord.Embed(
            title=HOSTILE[:250], description=HOSTILE + "*_" * 1500, url="https://example.org"
        )
        embed.add_field(name=HOSTILE[:250], value=HOSTILE + "||" * 200)
        embed.set_footer(text=HOSTILE + "`" * 900)
        await interaction.response.send_message(HOSTILE, embed=embed)

    @tree.command(description="Send a file that a browser could run")
    async def script(interaction: discord.Interaction) -> None:
        page = io.BytesIO(b"<script>document.title='owned'</script>")
        await interaction.response.send_message(file=discord.File(page, "page.html"))

    @tree.command(description="Say who somebody is")
    async def who(interaction: discord.Interaction, person: discord.Member) -> None:
        await interaction.response.send_message(
            f"{person.mention} is here, since <t:1700000000:R>; try </greet:1>",
            allowed_mentions=discord.AllowedMentions.none(),
        )

    @tree.command(description="Count the bytes of a file")
    async def count(interaction: discord.Interaction, file: discord.Attachment) -> None:
        await interaction.response.send_message(f"{file.filename}: {file.size} bytes")

    admin = app_commands.Group(
        name="admin",
        description="For admins",
        default_permissions=discord.Permissions(manage_guild=True),
    )

    @admin.command(description="Read everything anew")
    async def refresh(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("Refreshed")

    tree.add_command(admin)

    async def set_up() -> None:
        await tree.set_translator(Spanish())
        await tree.sync()

    client.setup_hook = set_up  # type: ignore[method-assign]
    return client
