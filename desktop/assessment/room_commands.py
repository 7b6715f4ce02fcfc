"""The commands of the assessment room: all that its keys do, by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop.assessment.state import AssessmentRoomState
from desktop.language import Language
from desktop.shell.commands import Command


@dataclass(frozen=True)
class Doing:
    """What the room lends its commands. ``press`` does what a key stands for at the question in focus, ``stage`` goes to a stage."""

    act: Callable[[str], object]
    press: Callable[[str], object]
    move: Callable[[int], object]
    section: Callable[[int], object]
    instrument: Callable[[int], object]
    find: Callable[[], object]
    step: Callable[[bool], object]
    stage: Callable[[str], object]
    back: Callable[[], object]
    choose: Callable[[], object]
    write: Callable[[], object]


def room_commands(state: AssessmentRoomState, doing: Doing, language: Language, *, can_find: bool) -> tuple[Command, ...]:
    """Give the commands that fit the state."""
    question = state.question
    if question is None:
        return ()
    keys, editable, text = question.keys.actions, state.editable, language.text
    several = bool(state.outline.instruments)
    keyed = (
        ("said", text("Known: said by the partner"), editable),
        ("seen", text("Known: document seen"), editable),
        ("verified", text("Known: verified by us"), editable),
        ("not_applicable", text("Not applicable, because…"), editable),
        ("dont_know", text("Don’t know yet"), editable),
        ("not_established", text("Could not be established, because…"), editable),
        ("comment", text("Write a comment"), editable),
        ("evidence", text("Add evidence"), editable),
        ("open_evidence", text("Open evidence"), True),
        ("guidance", text("Show or hide guidance"), True),
        ("remaining", text("What remains"), True),
        ("ties", text("Declare ties"), bool(state.declares_ties or state.resolves)),
        ("filter", text("Switch between all, to do and don’t know"), True),
        ("rely", text("Rely on another body’s result"), editable and _is_proposed(state)),
        ("instruments", text("Instruments: add, take away, newer versions"), True),
        ("link", text("Go to where this question is answered"), question.link is not None),
    )
    plain: tuple[tuple[str, str, str, Callable[[], object], bool], ...] = (
        ("choose", text("Choose an answer"), "", doing.choose, editable and bool(question.rows)),
        ("write", text("Write the answer"), "F2", doing.write, editable and not question.rows),
        ("confirm", text("Confirm last time’s answer"), "", lambda: doing.act("confirm"), editable and _is_unconfirmed(state)),
        ("previous", text("Previous question"), "", lambda: doing.move(-1), state.above is not None),
        ("next", text("Next question"), "", lambda: doing.move(1), state.below is not None),
        ("section.previous", text("Previous section"), "", lambda: doing.section(-1), True),
        ("section.next", text("Next section"), "", lambda: doing.section(1), True),
        ("back", text("Back to the question"), "", doing.back, True),
        ("instrument.previous", text("Previous instrument"), "Ctrl+PgUp", lambda: doing.instrument(-1), several),
        ("instrument.next", text("Next instrument"), "Ctrl+PgDown", lambda: doing.instrument(1), several),
        ("find", text("Find question"), "Ctrl+F", doing.find, can_find),
        ("undo", text("Undo answer"), "Ctrl+Z", lambda: doing.step(False), state.can_undo),
        ("redo", text("Redo answer"), "Ctrl+Shift+Z", lambda: doing.step(True), state.can_redo),
    )
    # A key may stand for an answer of the question in focus, which then comes first: so the key is pressed, not the action done.
    pressed = tuple(
        Command(f"assessment.{id_}", title, lambda key=keys[id_]: doing.press(key), keys[id_], enabled=on) for id_, title, on in keyed
    )
    # Arrow and page keys are no shortcuts of the window: in lists and texts they move there.
    answers = list(question.keys.answers)
    own = {
        "choose": f"{answers[0]} … {answers[-1]}" if answers else "",
        "confirm": "⏎",
        "previous": "↑",
        "next": "↓  ⏎",
        "section.previous": "PgUp",
        "section.next": "PgDn",
        "back": "Esc",
    }
    named = tuple(
        Command(f"assessment.{id_}", title, run, shortcut, enabled=on, key=own.get(id_, "")) for id_, title, shortcut, run, on in plain
    )
    ways = tuple(
        Command(
            f"stage.{stage.id}",
            text("Go to {place}", place=stage.title),
            lambda id_=stage.id: doing.stage(id_),
            f"Alt+{number}",
            enabled=stage.standing not in ("here", "shut"),
        )
        for number, stage in enumerate(state.steps, start=1)
    )
    return (*pressed, *named, *ways)


def _is_unconfirmed(state: AssessmentRoomState) -> bool:
    last = state.question.last if state.question is not None else None
    return last is not None and last.standing == "unconfirmed"


def _is_proposed(state: AssessmentRoomState) -> bool:
    reliance = state.question.reliance if state.question is not None else None
    return reliance is not None and reliance.proposed is not None
