"""What remains before a stage, worded, each with the room where it is done."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from desktop.language import Language
from desktop.reports.content_reader import Reader
from desktop.shell.place import Place
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
    """List what remains before a stage, in the order one would do it; open questions by section where there are several."""
    reader = Reader(file, language)
    found = obstacles(file, stage=stage)
    section_of = {question.id: (seen, section.id) for seen in file.each() for section, question in seen.template.questions()}
    unanswered = Counter(section_of[one.question][1] for one in found if one.id == "open")
    shown: list[Remains] = []
    for one in found:
        seen, section = section_of[one.question] if one.id == "open" else (file, "")
        count = unanswered.pop(section, 0) if section else 1
        if count:
            shown.append(_worded(reader, one) if count == 1 else _section(Reader(seen, language), one, section, count))
    return tuple(shown)


def _section(reader: Reader, first: Obstacle, section: str, count: int) -> Remains:
    """Say how many questions of a section are open; the way leads to the first of them."""
    said = reader.language.plural("{section}: {n} question", "{section}: {n} questions", count, section=reader.section_title(section))
    return Remains(first.id, said, first.room, first.question)


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


def way_to(file: AssessmentFile, room: str, question: str = "") -> Place:
    """Give the place where something that remains is done."""
    if room in ("partner_edit", "project_edit"):
        project = file.project.id if file.project is not None and room == "project_edit" else None
        return Place(room, partner=file.partner.id, project=project)
    return Place(room, assessment=file.card.id, partner=file.partner.id, question=question)
