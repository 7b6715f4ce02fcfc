"""Answering an assessment by keys, whatever kind of question stands in focus."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tests.e2e.driver import Element, wait
from tests.e2e.story import Story

#: What is typed into a question that is not answered by a key, by what kind of field it shows.
TYPED = {"money": "2400000", "date": "2026-06-30", "number": "38", "text": "Two Kenyan networks of water providers (invented)."}


@dataclass(frozen=True)
class Asked:
    """One question as it stands on the screen: its number and words, and the keys of its answers with the identifiers of their rows."""

    words: str
    rows: Mapping[str, str]
    field: str

    @property
    def has_levels(self) -> bool:
        """Whether the answers are levels, and not named choices."""
        return bool(self.rows) and all(ident.rpartition(".")[2].isdigit() for ident in self.rows.values())


class Assessing:
    """A caseworker in the assessment room."""

    def __init__(self, story: Story) -> None:
        self.story, self.program = story, story.program
        self.view = story.see(ident="assessment.question")

    def asked(self) -> Asked:
        """Read the question in focus."""
        rows, field = {}, ""
        for element in self.view.walk():
            ident = element.ident
            if ident.startswith("assessment.level."):
                rows[element.name.partition(".")[0]] = ident
            elif ident.startswith("assessment.value"):
                kinds = {"assessment.value.currency": "money", "assessment.value.calendar": "date"}
                field = kinds.get(ident) or field or ("text" if element.is_("multi_line") else "number")
        return Asked(self.view.name, rows, field)

    def answer(self, *, level: str = "3", known: str = "v", choice: str = "1") -> Asked:
        """Answer the question in focus by its keys, and say how it is known."""
        asked = self.asked()
        if asked.rows:
            key = level if asked.has_levels else choice
            self.program.keys(key)
            self._row(asked.rows[key]).becomes(state="checked")
            if asked.has_levels:
                self.program.keys(known)
                name = {"s": "said", "d": "seen", "v": "verified"}[known]
                self.story.see(ident=f"assessment.known.{name}").becomes(state="checked")
        else:
            self.type(asked)
        return asked

    def type(self, asked: Asked) -> None:
        """Type an answer; a number, amount or date can be typed at once, a text after Tab."""
        field = self.story.see(ident="assessment.value")
        if asked.field == "text":
            self.story.tab_to(field)
        else:
            field.becomes(state="focused")
        self.program.type(TYPED[asked.field])
        if asked.field == "text":
            self.program.keys("ctrl+Return")

    def walk(self) -> Iterator[Asked]:
        """Give each question from the one in focus to the last, below which the screen names no other; go on with the down key."""
        below = self.story.see(ident="assessment.next")
        while True:
            asked = self.asked()
            yield asked
            if not below.is_("enabled"):
                return
            self.program.keys("Down")
            wait("the next question", lambda asked=asked: self.view.name != asked.words)

    def chosen(self) -> str:
        """Give the row that is chosen, or what stands in the field; empty while there is no answer."""
        for element in self.view.walk():
            if element.ident.startswith("assessment.level.") and element.is_("checked"):
                return element.name
            if element.ident == "assessment.value" and element.value:
                return element.value
        return ""

    def to_first(self) -> None:
        """Go up to the first question."""
        while not (words := self.view.name).startswith("1. "):
            self.program.keys("Up")
            wait("the question before", lambda words=words: self.view.name != words)

    def remains(self) -> int:
        """Look at what remains before the review, and come back; gives how many things there are."""
        self.program.keys("r")
        said = self.story.see(ident="assessment.remaining.said").name
        self.program.keys("Escape")
        self.view.becomes(state="focused")
        number = said.partition(" ")[0]
        return int(number) if number.isdigit() else 0

    def declare_no_tie(self) -> None:
        """Say that one has no tie to the partner."""
        self.program.keys("t")
        self.story.see(ident="assessment.tie.none").becomes(state="focused")
        self.program.keys("space")
        wait("the ties to be declared", lambda: not self.story.sees("assessment.tie.none"))
        self.view.becomes(state="focused")

    def confirm(self) -> None:
        """Confirm last time's answer by one key."""
        words = self.view.name
        self.program.keys("Return")
        wait("the next question", lambda: self.view.name != words)

    def confirm_in_words(self, sentence: str) -> None:
        """Confirm last time's answer to a key question, which asks for a sentence."""
        words = self.view.name
        self.program.keys("Return")
        self.story.see(ident="assessment.reason").becomes(state="focused")
        self.program.type(sentence)
        self.program.keys("Return")
        wait("the next question", lambda: self.view.name != words)

    def saved(self) -> None:
        """Wait until the head of the room says that everything is saved."""
        self.story.reads("saved", ident="assessment.saved")

    def _row(self, ident: str) -> Element:
        return self.view.find(ident=ident)
