"""What remains before a stage, worded, each with the room where it is done."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.language import Language
from desktop.reports.content_reader import Reader
from desktop.words import SUBJECTS, word
from forms.text import in_language
from models.cards import AssessmentFile
from models.remaining import Obstacle, Stage, obstacles


@dataclass(frozen=True)
class Remains:
    """One thing that remains, where it is done, and which question it is about."""

    id: str
    text: str
    room: str
    question: str


def remaining(file: AssessmentFile, language: Language, *, stage: Stage) -> tuple[Remains, ...]:
    """List what remains before a stage, in the order one would do it."""
    reader = Reader(file, language)
    return tuple(_worded(reader, one) for one in obstacles(file, stage=stage))


def _worded(reader: Reader, obstacle: Obstacle) -> Remains:
    language = reader.language
    text = language.text(obstacle.message, **{name: _param(name, value, language) for name, value in obstacle.params.items()})
    if obstacle.question:
        text = f"{reader.number(obstacle.question)} {reader.question_text(obstacle.question)} – {text}"
    return Remains(obstacle.id, text, obstacle.room, obstacle.question)


def _param(name: str, value: object, language: Language) -> object:
    if isinstance(value, dict):
        return in_language(value, language.code)
    if name == "subject":
        return word(SUBJECTS, str(value), language).lower()
    return value
