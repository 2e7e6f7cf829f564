"""Apps are told apart as the real store shows them."""

from typing import Any

import pytest

from ingest.clean.kinds import kind_of
from store.models import GameKind


@pytest.mark.parametrize(
    ("kind", "title", "facts"),
    [
        (GameKind.GAME, "DiRT Showdown", {"genres": ["Racing"]}),
        (GameKind.GAME, "Environmental Station Alpha", {"genres": ["Indie"], "price_cents": 799}),
        (GameKind.GAME, "Sinless + OST", {"genres": ["RPG"], "price_cents": 499}),
        (GameKind.GAME, "Garry's Mod", {"tags": ["Sandbox", "Mod"], "price_cents": 999}),
        (GameKind.GAME, "The Turing Test", {"genres": ["Adventure"], "price_cents": 1999}),
        (GameKind.GAME, "Fantasy Grounds", {"genres": ["RPG"], "tags": ["Software"]}),
        (GameKind.GAME, "Arizona Sunshine", {"specs": ["Single-player"], "tags": ["VR", "Action"]}),
        (GameKind.GAME, "OPEN BETA of a game for sale - Open Beta", {"price_cents": 1499}),
        (GameKind.DLC, "Borderlands 2: Mechromancer Pack", {"specs": ["Downloadable Content"]}),
        (GameKind.DLC, "Sunless Sea - Artbook", {"specs": ["Downloadable Content"]}),
        (GameKind.DLC, "Portal 2 Sixense Perceptual Pack", {"genres": ["Action"]}),
        (GameKind.DLC, "QUAKE II Mission Pack: The Reckoning", {"genres": ["Action"], "price_cents": 299}),
        (GameKind.DLC, "Train Simulator: West Somerset Railway Route Add-On", {"genres": ["Simulation"]}),
        (GameKind.DLC, "RACE: Caterham Expansion", {"genres": ["Racing"], "price_cents": 499}),
        (GameKind.GAME, "Blood II: The Chosen + Expansion", {"genres": ["Action"], "price_cents": 499}),
        (GameKind.GAME, "DLC Quest", {"genres": ["Indie"], "price_cents": 299}),
        (GameKind.GAME, "The Jackbox Party Pack", {"genres": ["Casual"], "price_cents": 2499}),
        (GameKind.SOUNDTRACK, "Furi Original Soundtrack", {"specs": ["Downloadable Content"]}),
        (GameKind.SOUNDTRACK, "Fran Bow - OST", {"specs": ["Downloadable Content"]}),
        (GameKind.SOUNDTRACK, "Age of Wonders: Trilogy Soundtrack", {"listed": False}),
        (GameKind.DEMO, "TorqueL prototype", {"specs": ["Game demo"]}),
        (GameKind.DEMO, "Abbot's Book Demo", {"price_cents": 0}),
        (GameKind.DEMO, "Overload Playable Teaser 2.0", {"price_cents": 0}),
        (GameKind.BETA, "H1Z1 Test Server", {"genres": ["Massively Multiplayer"]}),
        (GameKind.BETA, "Deckbound Heroes (Open Beta)", {"price_cents": 0}),
        (GameKind.BETA, "Dota 2 Test", {"listed": False}),
        (GameKind.BETA, "Left 4 Dead 2 Beta", {"listed": False}),
        (GameKind.MOD, "Synergy", {"genres": ["Action"], "tags": ["Co-op", "Mod"], "price_cents": 0}),
        (GameKind.MOD, "Zombie Panic", {"specs": ["Mods (require HL1)"]}),
        (GameKind.SOFTWARE, "3DMark 11", {"genres": ["Utilities"]}),
        (GameKind.SOFTWARE, "Plevr", {"specs": ["HTC Vive"], "tags": ["Utilities", "VR"]}),
        (GameKind.SOFTWARE, "Steam Link", {"tags": ["Hardware", "Simulation"], "price_cents": 4999}),
        (GameKind.SOFTWARE, "Killing Floor 2 - SDK", {"listed": False}),
        (GameKind.VIDEO, "Sin City", {"specs": ["Captions available"], "tags": ["Movie", "Action"]}),
        (GameKind.VIDEO, "Kung Fury", {"tags": ["Action", "Comedy", "Short"], "price_cents": 0}),
        (GameKind.GAME, "A short game in virtual reality", {"specs": ["Single-player"], "tags": ["Short"]}),
        (GameKind.SOFTWARE, "Steam Link Skin - CSGO Blue/Orange", {"price_cents": 999}),
        (GameKind.VIDEO, "Robotpencil Presents: Portrait Demo", {"tags": ["Tutorial"]}),
        (GameKind.VIDEO, "Indie Game: The Movie", {"genres": ["Indie"], "tags": ["Movie", "Documentary"]}),
        (GameKind.GAME, "Indie Game: Episode 1", {"genres": ["Adventure"], "tags": ["Episodic"]}),
    ],
)
def test_an_app_is_what_the_store_or_its_title_says(
    kind: GameKind, title: str, facts: dict[str, Any]
) -> None:
    assert kind_of(title, **facts) is kind
