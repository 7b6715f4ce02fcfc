"""Finding commands by words."""

from __future__ import annotations

from desktop.shell.commands import Command, found


def command(title: str, **more: object) -> Command:
    return Command(id=title, title=title, run=lambda: None, **more)


def titles(commands: list[Command]) -> list[str]:
    return [one.title for one in commands]


def test_nothing_typed_offers_everything_in_its_order():
    commands = [command("Seal the assessment"), command("Go to Home")]
    assert found(commands, "  ") == commands


def test_each_typed_word_must_fit_in_any_order():
    commands = [command("Seal the assessment"), command("Start an assessment")]
    assert titles(found(commands, "ass seal")) == ["Seal the assessment"]


def test_a_word_that_begins_goes_before_one_that_only_stands_inside():
    commands = [command("Reassess"), command("Assess")]
    assert titles(found(commands, "assess")) == ["Assess", "Reassess"]


def test_letters_in_order_are_enough_when_nothing_fits_better():
    assert titles(found([command("Export the root certificate"), command("Quit")], "exprt")) == ["Export the root certificate"]


def test_letters_in_order_are_not_looked_at_when_a_word_fits():
    commands = [command("Close the vault"), command("Go to Settings")]
    assert titles(found(commands, "sett")) == ["Go to Settings"]


def test_hidden_words_and_what_it_is_about_are_found_too():
    commands = [command("Dark colours", words="theme"), command("2026-001", about="Partner")]
    assert titles(found(commands, "theme")) == ["Dark colours"]
    assert titles(found(commands, "partner")) == ["2026-001"]


def test_what_cannot_be_done_now_is_not_offered():
    assert found([command("Back", enabled=False)], "back") == []


def test_case_and_accents_of_case_do_not_matter():
    assert titles(found([command("Ändra partner")], "ÄNDRA")) == ["Ändra partner"]


def test_an_arrow_is_told_as_it_stands_on_the_key():
    assert Command("back", "Back", lambda: None, "Alt+Left").keys == "Alt+←"
    assert Command("up", "Up", lambda: None, key="↑").keys == "↑"
    assert Command("next", "Next page", lambda: None, "Ctrl+PgDown").keys == "Ctrl+PgDown"
