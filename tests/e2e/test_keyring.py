"""With a keyring a vault opens by itself, but an act is somebody's only by that person's own passphrase."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.e2e

NAME, WORDS = "Åsa Lind", "fyra små gråa båtar"
PARTNER = "Maji Safi Women (invented)"


def test_the_second_start_opens_without_asking_and_the_first_act_asks_who_one_is(start, tmp_path):
    from tests.e2e.story import Story

    first = start()
    Story(first).create_vault(tmp_path / "Öppen hand.gedigen", organisation="Öppen hand (påhittad)", name=NAME, passphrase=WORDS)
    first.keys("ctrl+q")
    first.process.wait(20)

    program = start()
    story = Story(program)
    story.room("Home")
    story.see(ident="nav.person", name=f"{NAME}, person menu")
    story.begin_partner(PARTNER, country="Kenya")
    program.keys("ctrl+Return")
    story.give_passphrase("inte hennes ord", right=False)
    story.give_passphrase(WORDS)
    story.room(PARTNER)
    story.begin_partner("Pwani Tree Growers (invented)", country="Kenya")
    program.keys("ctrl+Return")
    story.room("Pwani Tree Growers (invented)")
    assert not story.sees("unlock.passphrase")


def test_a_locked_window_shows_nothing_and_asks_for_the_passphrase(start, tmp_path):
    from tests.e2e.story import Story

    program = start()
    story = Story(program)
    story.create_vault(tmp_path / "Öppen hand.gedigen", organisation="Öppen hand (påhittad)", name=NAME, passphrase=WORDS)
    story.begin_partner(PARTNER, country="Kenya")
    program.keys("ctrl+Return")
    story.room(PARTNER)
    program.keys("ctrl+l")
    story.see(ident="locked.passphrase").becomes(state="focused")
    assert not program.find_all(name=PARTNER)
    program.type(WORDS)
    program.keys("Return")
    story.room(PARTNER)
