"""Firms are one whatever the spelling and the legal form of their names."""

import pytest

from store.names.firms import firm_key, without_legal_form
from store.names.search_key import search_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bethesda Game Studios", "Bethesda Game Studios®"),
        ("Team 17 Digital Ltd", "Team17 Digital Ltd."),
        ("Ubisoft Montreal", "Ubisoft Montréal"),
        ("FromSoftware", "FromSoftware, Inc."),
        ("CAPCOM CO., LTD", "Capcom"),
        ("Tequila Works SL", "Tequila Works, S.L."),
        ("Flyleap Studios", "Flyleap Studios Pty. Ltd."),
        ("PLAY", "Play sp. z o. o."),
        ("SmiteWorks USA, LLC", "SmiteWorks USA LLC"),
        ("Crian Soft", "Crian\u00a0Soft S.A."),
        ("Dan  Walters", "Dan Walters"),
        ("IO Interactive", "Io-Interactive A/S"),
        ("Eidos Montreal", "Eidos-Montréal"),
        ("quad games", "Quad_Games"),
        ("Travellers Tales", "Traveller's Tales"),
        ("Worthing & Moncrieff", "Worthing and Moncrieff"),
        ("G-STYLE Co., Ltd.", "G STYLE Co,. Ltd"),
        ("Kalypso", "Kalypso GmbH & Co. KG"),
        ("Kalypso", "Kalypso UG (haftungsbeschränkt)"),
        ("Ragiva Games", "Ragiva Games e.K."),
        ("Two Man Army", "Two Man Army L.L.C"),
        ("Total Eclipse", "Total Eclipse P.C."),
        ("Juego", "Juego S.A. de C.V."),
        ("Jeu", "Jeu SARL"),
        ("Spiel", "Spiel B.V."),
    ],
)
def test_spellings_of_one_firm_are_one(one: str, other: str) -> None:
    assert firm_key(one) == firm_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Valve", "Valve Software"),
        ("Games++", "Games"),
        ("2+2 Games", "22 Games"),
        ("Inc", "Ltd"),
        ("Incubator", "Inc"),
        ("Йода", "Иода"),
        ("Cosa", "Co"),
        ("Aspyr (Mac)", "Aspyr"),
        ("™", "®"),
    ],
)
def test_other_firms_are_not(one: str, other: str) -> None:
    assert firm_key(one) != firm_key(other)


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("CAPCOM Co., Ltd.", "capcom"),
        ("SCS Software s.r.o.", "scs software"),
        ("Techland Sp. z o.o.", "techland"),
        ("Frogwares Ireland Ltd", "frogwares ireland"),
        ("Ltd.", "ltd"),
        ("Incubator", "incubator"),
    ],
)
def test_a_search_key_loses_the_legal_form_at_its_end(name: str, bare: str) -> None:
    assert without_legal_form(search_key(name)) == bare
