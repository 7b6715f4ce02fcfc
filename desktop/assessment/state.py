"""What the assessment room shows, worked out from one file of the case and the answers in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal
from uuid import UUID

from desktop.assessment.outline_state import Filter, Outline, outline
from desktop.assessment.question_state import QuestionState, question_state
from desktop.assessment.result_state import ResultPanel, result_panel
from desktop.assessment.steps import Stage, stages
from desktop.assessment.wording import answer_words, figure
from desktop.language import Language
from desktop.words import COLLABORATIONS, KINDS, SCOPES, SUBJECTS, Mark, state_mark, word
from forms.answers import Answer
from forms.template import Question
from forms.text import in_language
from models.cards import AssessmentFile
from models.protection import names_partner
from models.remaining import Obstacle, obstacles

Saving = Literal["idle", "saving", "saved", "failed"]
WRITERS = frozenset({"caseworker", "controller", "office"})


@dataclass(frozen=True)
class Sitting:
    """What belongs to the person at work and not to the case: where one is, and how saving goes.

    ``proposed`` is an answer that waits for its reason; ``saved_at`` is naive UTC; ``newer`` says that an instrument has a newer version.
    """

    focused: str = ""
    filter_by: Filter = "all"
    person: UUID | None = None
    roles: frozenset[str] = frozenset()
    proposed: Answer | None = None
    saving: Saving = "idle"
    saved_at: datetime | None = None
    can_undo: bool = False
    can_redo: bool = False
    newer: str = ""


@dataclass(frozen=True)
class Header:
    """Who and what is assessed, and where it stands."""

    title: str
    case_number: str
    about: str
    state: Mark
    saved: str
    saved_badly: bool


@dataclass(frozen=True)
class Neighbour:
    """A question before or after the one in focus, in one line."""

    id: str
    title: str
    answer: str


@dataclass(frozen=True)
class TieToResolve:
    """Somebody else's tie that waits for a decision."""

    person: UUID
    text: str


@dataclass(frozen=True)
class Remaining:
    """One thing that remains before the review, and where it is done; ``title`` is its question, if it is about one."""

    id: str
    title: str
    text: str
    room: str
    question: str


@dataclass(frozen=True)
class AssessmentRoomState:
    """Everything the room shows. ``question`` is ``None`` only when nothing is asked at all."""

    header: Header
    steps: tuple[Stage, ...]
    outline: Outline
    question: QuestionState | None
    above: Neighbour | None
    below: Neighbour | None
    result: ResultPanel
    remaining: tuple[Remaining, ...]
    editable: bool
    notice: str
    can_take_back: bool
    can_submit: bool
    declares_ties: str
    resolves: tuple[TieToResolve, ...]
    can_undo: bool
    can_redo: bool
    newer: str = ""

    @property
    def action_keys(self) -> Mapping[str, str]:
        """The keys of actions at the question in focus."""
        return self.question.keys.actions if self.question is not None else {}


@dataclass(frozen=True)
class _Reading:
    """The file as it stands, seen as the instrument of the question in focus, and what is looked up in it again and again."""

    file: AssessmentFile
    sitting: Sitting
    language: Language
    questions: Mapping[str, Question] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)

    def answer(self, question: str) -> Answer | None:
        return next((answer for key, answer in self.file.answers.answers.items() if key.question == question), None)


def room_state(file: AssessmentFile, sitting: Sitting, language: Language) -> AssessmentRoomState:
    """Work out what the room shows; ``file`` is as it stands with the answers in memory."""
    focused = focus_of(file, sitting.focused)
    whole, file = file, file.with_question(focused)
    reading = _Reading(
        file,
        sitting,
        language,
        questions={question.id: question for seen in whole.each() for _, question in seen.template.questions()},
        numbers={line.question: number for seen in whole.each() for number, line in enumerate(seen.result.lines, start=1)},
    )
    shown = outline(file=whole, focused=focused, filter_by=sitting.filter_by, language=language, person=sitting.person)
    way = _way(shown.order, focused, places(whole))
    at = way.index(focused) if focused in way else 0
    remaining = obstacles(file, stage="submit")
    is_caseworker = sitting.person == file.card.caseworker
    editable = file.card.state in ("draft", "returned") and bool(sitting.roles & WRITERS)
    return AssessmentRoomState(
        header=_header(reading),
        steps=stages(file, here="assessment", language=language),
        outline=shown,
        question=_question(reading, focused),
        above=_neighbour(reading, way[at - 1]) if at > 0 else None,
        below=_neighbour(reading, way[at + 1]) if at + 1 < len(way) else None,
        result=result_panel(file, language),
        remaining=tuple(_remaining(reading, one) for one in remaining),
        editable=editable,
        notice="" if editable else _notice(reading),
        can_take_back=file.card.state in ("in_review", "agreed") and is_caseworker,
        can_submit=editable and is_caseworker and not remaining,
        declares_ties=_declares_ties(reading),
        resolves=_resolves(reading) if file.card.state not in ("sealed", "decided", "superseded", "withdrawn") else (),
        can_undo=editable and sitting.can_undo,
        can_redo=editable and sitting.can_redo,
        newer=sitting.newer if editable else "",
    )


def focus_of(file: AssessmentFile, wanted: str) -> str:
    """Give the question to stand at: the wanted one while it is asked, else the first open one, else the first."""
    lines = [line for seen in file.each() for line in seen.result.lines]
    if any(line.question == wanted for line in lines):
        return wanted
    order = [question.id for seen in file.each() for _, question in seen.template.questions()]
    if wanted in order:
        # It has just stopped being asked: stay near where it stood.
        after = order[order.index(wanted) :]
        near = next((line.question for line in lines if line.question in after), None)
        if near is not None:
            return near
    still_open = next((line.question for line in lines if line.is_open and not line.optional), None)
    return still_open or (lines[0].question if lines else "")


def places(file: AssessmentFile) -> dict[str, int]:
    """Give the place of every question that is asked, through all instruments."""
    lines = [line for seen in file.each() for line in seen.result.lines]
    return {line.question: place for place, line in enumerate(lines)}


def moved(state: AssessmentRoomState, step: int, numbers: Mapping[str, int]) -> str:
    """Give the question so many steps on along the filter's way; the ends are the ends."""
    if state.question is None:
        return ""
    way = _way(state.outline.order, state.question.id, numbers)
    at = min(max(way.index(state.question.id) + step, 0), len(way) - 1)
    return way[at]


def _way(order: tuple[str, ...], focused: str, numbers: Mapping[str, int]) -> list[str]:
    """Give the filter's way with the question in focus on it, also when it no longer fits the filter."""
    way = [*order]
    if focused and focused not in way:
        way.append(focused)
        way.sort(key=lambda question: numbers.get(question, 0))
    return way


def _header(reading: _Reading) -> Header:
    card, language, sitting = reading.file.card, reading.language, reading.sitting
    draft = card.draft
    kind = f"{word(KINDS, draft.kind, language)} {draft.as_of.year}"
    about = [word(COLLABORATIONS, draft.collaboration, language), kind, word(SCOPES, draft.scope, language)]
    saved = ""
    match sitting.saving:
        case "saving":
            saved = language.text("saving…")
        case "failed":
            saved = language.text("not saved")
        case "saved" if sitting.saved_at is not None:
            saved = language.text("saved {time}", time=f"{sitting.saved_at.replace(tzinfo=UTC).astimezone():%H:%M}")
    return Header(
        title=" · ".join(part for part in (card.partner_name, card.project_title) if part),
        case_number=card.case_number,
        about=" · ".join(about),
        state=state_mark(card.state, language),
        saved=saved,
        saved_badly=sitting.saving == "failed",
    )


def _question(reading: _Reading, focused: str) -> QuestionState | None:
    file = reading.file
    line = file.result.line(focused)
    if line is None:
        return None
    given = reading.sitting.proposed or reading.answer(focused)
    return question_state(
        file=file,
        section=file.template.section_of(focused),
        question=reading.questions[focused],
        line=line,
        number=reading.numbers[focused],
        given=given,
        card=next((card for card in file.answer_cards if card.question == focused), None),
        language=reading.language,
    )


def _neighbour(reading: _Reading, question_id: str) -> Neighbour:
    question = reading.questions[question_id]
    number = figure(reading.numbers[question_id], reading.language)
    title = f"{number}  {in_language(question.text, reading.language.code)}"
    return Neighbour(question_id, title, answer_words(question, reading.answer(question_id), reading.language, brief=True))


def _remaining(reading: _Reading, obstacle: Obstacle) -> Remaining:
    language = reading.language
    params: dict[str, object] = {}
    for name, value in obstacle.params.items():
        if isinstance(value, dict):
            params[name] = in_language(value, language.code)
        elif name == "subject":
            params[name] = word(SUBJECTS, str(value), language).lower()
        else:
            params[name] = value
    title = ""
    if obstacle.question:
        question = reading.questions[obstacle.question]
        title = f"{figure(reading.numbers[obstacle.question], language)}  {in_language(question.text, language.code)}"
    return Remaining(obstacle.id, title, language.text(obstacle.message, **params), obstacle.room, obstacle.question)


def _notice(reading: _Reading) -> str:
    card, language = reading.file.card, reading.language
    match card.state:
        case "in_review":
            return language.text("This assessment is with the reviewer, so it can be read and not changed.")
        case "agreed":
            return language.text(
                "{name} has reviewed and agreed. Taking it back means that the review starts again.", name=card.reviewer_name
            )
        case "sealed" | "decided":
            return language.text("The record is sealed and can be read only. To correct it, start a new assessment that replaces it.")
        case "superseded":
            return language.text("A newer assessment has replaced this one; it can be read only.")
        case "withdrawn":
            return language.text("This assessment was withdrawn; it can be read only.")
    return language.text("You can read this assessment; answering it is for caseworkers, controllers and country offices.")


def _declares_ties(reading: _Reading) -> str:
    file, sitting = reading.file, reading.sitting
    open_for_it = file.card.state in ("draft", "returned", "in_review", "agreed")
    concerned = bool(sitting.roles & (WRITERS | {"reviewer"}))
    if not open_for_it or not concerned or sitting.person is None:
        return ""
    declared = next((tie for tie in file.ties if tie.person == sitting.person), None)
    if declared is not None and names_partner(file.partner.draft, declared.text):
        return reading.language.text("What you wrote about your tie names the protected partner. Declare it again, without the name.")
    if declared is not None:
        return ""
    return reading.language.text("You have not said yet whether you have any tie to {partner}.", partner=file.card.partner_name)


def _resolves(reading: _Reading) -> tuple[TieToResolve, ...]:
    language = reading.language
    return tuple(
        TieToResolve(tie.person, language.text("{name} has a tie to the partner: {text}", name=tie.person_name, text=tie.text))
        for tie in reading.file.ties
        if tie.has_tie and tie.person != reading.sitting.person
        if not tie.resolution or names_partner(reading.file.partner.draft, tie.resolution)
    )
