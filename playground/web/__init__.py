"""A page in the browser that looks and behaves like a Discord channel, over a `LocalDiscord`.

    async with LocalDiscord() as discord:
        guild = discord.add_guild("Sample server")
        guild.add_member("Ana")
        async with attach_page(discord, guild) as page:
            print(page.url)

What a person does there goes through the same `SimulatedUser` as in tests.
"""

from playground.web.address import PageAddress
from playground.web.page import attach_page
from playground.web.screenshots import Shot, find_browser, open_browser, take, take_replies

__all__ = ["PageAddress", "Shot", "attach_page", "find_browser", "open_browser", "take", "take_replies"]
