"""The result as it is shown: stops above all, requirement gaps, bands apart, contradictions, how it is known, what it recommends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from desktop.language import Language
from desktop.reports.content_reader import Reader, plan_sentence
from desktop.result.instrument_state import InstrumentResult, instrument_result
from desktop.result.scores import QuestionWay, way, ways
from desktop.words import DECISIONS, SUBJECTS, word
from forms.text import N_
from models.cards import AssessmentFile
from models.stops import met_stops

#: *open*: something is unanswered; *asks*: complete and not looked at yet; *shown*: the whole result.
Standing = Literal["open", "asks", "shown"]


@dataclass(frozen=True)
class StopLine:
    """A stop criterion that is met, whether it may ever be waived, and the answers that met it; ``instrument`` where there are several."""

    text: str
    said: str
    because: tuple[QuestionWay, ...]
    instrument: str = ""


@dataclass(frozen=True)
class FollowUp:
    """The assurance plan by the template's table: where in the table it stands, and each measure's count per year."""

    said: str
    measures: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Calculated:
    """The calculated recommendation: its key, its word, and the words of the rule that gave it."""

    decision: str | None
    word: str
    reason: str


@dataclass(frozen=True)
class ResultState:
    """Everything the room shows but risks and what changed, which have states of their own."""

    standing: Standing
    progress: str
    intervals: tuple[tuple[str, str], ...]
    open_questions: tuple[QuestionWay, ...]
    editable: bool
    read_only: str
    stops: tuple[StopLine, ...]
    instruments: tuple[InstrumentResult, ...]
    follow_up: FollowUp | None
    calculated: Calculated
    has_recommendation: bool


def may_write(file: AssessmentFile, person: object) -> bool:
    """Say whether this person may judge, decide on risks and recommend now: the caseworker, until it is handed over."""
    return file.card.state in ("draft", "returned") and person == file.card.caseworker


def why_read_only(file: AssessmentFile, language: Language) -> str:
    """Say why nothing can be written here now, for a person who may not."""
    match file.card.state:
        case "draft" | "returned":
            return language.text(N_("{name} is the caseworker here; you can read everything."), name=file.card.caseworker_name)
        case "in_review":
            return language.text(N_("This assessment is with the reviewer, so it can be read and not changed."))
        case "agreed":
            return language.text(
                N_("{name} has reviewed and agreed. Taking it back means that the review starts again."), name=file.card.reviewer_name
            )
        case "superseded":
            return language.text(N_("A newer assessment has replaced this one; it can be read only."))
        case "withdrawn":
            return language.text(N_("This assessment was withdrawn; it can be read only."))
    return language.text(N_("The record is sealed and can be read only. To correct it, start a new assessment that replaces it."))


def result_state(file: AssessmentFile, language: Language, *, person: object) -> ResultState:
    """Word a result for the person who looks at it."""
    reader = Reader(file.main(), language)
    editable = may_write(file, person)
    each = file.each()
    asked = sum(seen.result.completeness.asked for seen in each)
    answered = sum(seen.result.completeness.answered for seen in each)
    return ResultState(
        standing=_standing(file),
        progress=language.text(N_("{answered} of {asked} answered"), answered=answered, asked=asked),
        intervals=tuple(_intervals(each, language)),
        open_questions=tuple(
            way(reader, line.question) for seen in each for line in seen.result.lines if line.is_open and not line.optional
        ),
        editable=editable,
        read_only="" if editable else why_read_only(file, language),
        stops=stop_lines(reader),
        instruments=tuple(instrument_result(Reader(seen, language), editable=editable) for seen in each),
        follow_up=_follow_up(reader),
        calculated=calculated(reader),
        has_recommendation=file.recommendation is not None,
    )


def _intervals(each: tuple[AssessmentFile, ...], language: Language) -> Iterator[tuple[str, str]]:
    """Give the interval of each subject, by instrument where there are several."""
    for seen in each:
        reader = Reader(seen, language)
        for one in seen.result.subjects:
            title = word(SUBJECTS, one.subject, language)
            named = f"{reader.own(seen.template.name)}: {title.lower()}" if len(each) > 1 else title
            yield named, reader.score_words(one.score, one.subject)


def calculated(reader: Reader) -> Calculated:
    """Give the calculated recommendation with its reason."""
    proposal = reader.file.result.proposal
    if reader.file.is_complete and not reader.file.template.recommendation:
        return Calculated(None, "", reader.language.text(N_("This template calculates no recommendation.")))
    if proposal is None or not reader.file.is_complete:
        return Calculated(None, "", reader.language.text(N_("No recommendation is calculated until every question has its answer.")))
    return Calculated(proposal.decision, word(DECISIONS, proposal.decision, reader.language), reader.proposal_reason())


def _standing(file: AssessmentFile) -> Standing:
    if not file.is_complete:
        return "open"
    if any(seen.result_seen_at is None for seen in file.each()) and file.card.state in ("draft", "returned"):
        return "asks"
    return "shown"


def stop_lines(reader: Reader) -> tuple[StopLine, ...]:
    """Give the stop criteria that are met in all instruments, what can never be waived first."""
    text = reader.language.text
    waivable = {
        "never": text(N_("Can never be waived. It goes to the board, first on page one.")),
        "board": text(N_("Only the board may waive it, with limit, date and compensating control. It stands first on page one.")),
    }
    names = {seen.template.id: reader.own(seen.template.name) for seen in reader.file.each()}
    return tuple(
        StopLine(
            reader.own(one.text), waivable[one.waivable], ways(reader, one.stop.because), names[one.instrument] if len(names) > 1 else ""
        )
        for one in sorted(met_stops(reader.file), key=lambda one: one.waivable != "never")
    )


def _follow_up(reader: Reader) -> FollowUp | None:
    plan, table = reader.file.result.assurance, reader.file.template.assurance
    if plan is None or table is None or not reader.file.result.is_complete:
        return None
    measures = tuple((reader.own(one.text), reader.language.number(plan.counts[one.id])) for one in table.measures if one.id in plan.counts)
    return FollowUp(plan_sentence(reader.language, plan, table), measures)
