"""The recommendation as its form shows it: what is chosen and typed beside what is calculated, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from desktop.language import Language
from desktop.rapid_words import terms_words
from desktop.recommendation.remaining_state import Remains, remaining
from desktop.reports.content_reader import Reader
from desktop.result.state import Calculated, calculated, may_write, stop_lines, why_read_only
from desktop.words import BEFORE, DECISIONS, Mark, board_mark, word
from forms.text import N_
from models.cards import AgreementCondition, AssessmentFile, RecommendationDraft
from models.stops import met_stops

#: The board reads the summary first; longer than this it is not read.
USUAL_WORDS = 150


@dataclass(frozen=True)
class DecisionRow:
    """One of the five decisions; ``note`` marks the calculated one."""

    key: str
    digit: str
    word: str
    note: str


@dataclass(frozen=True)
class RecommendationState:
    """Everything the room shows. ``standing``: *open* (answers remain), *write*, or *read*."""

    standing: str
    read_only: str
    calculated: Calculated
    decisions: tuple[DecisionRow, ...]
    kept: RecommendationDraft
    is_saved: bool
    stops: Mark | None
    beside: tuple[Mark, ...]
    beside_said: tuple[str, ...]
    remains: tuple[Remains, ...]
    can_submit: bool
    can_take_back: bool
    handed_over: str
    returned: str
    rapid: tuple[str, ...] = ()


def recommendation_state(file: AssessmentFile, language: Language, *, person: object) -> RecommendationState:
    """Word the room for the person who looks at it."""
    file = file.main()
    reader = Reader(file, language)
    writes = may_write(file, person)
    found = calculated(reader)
    remains = remaining(file, language, stage="submit")
    state = file.card.state
    return RecommendationState(
        standing="open" if not file.is_complete else "write" if writes else "read",
        read_only="" if writes else why_read_only(file, language),
        calculated=found,
        decisions=tuple(
            DecisionRow(key, str(place), word(DECISIONS, key, language), language.text(N_("calculated")) if key == found.decision else "")
            for place, key in enumerate(DECISIONS, start=1)
        ),
        kept=file.recommendation or RecommendationDraft(decision="", summary=""),
        is_saved=file.recommendation is not None,
        stops=board_mark(len(met_stops(file)), language),
        beside=_marks(reader),
        beside_said=tuple(_gap_sentences(file, language)),
        remains=remains,
        can_submit=writes and not remains,
        can_take_back=state in ("in_review", "agreed") and person == file.card.caseworker,
        handed_over=_handed_over(file, language),
        returned=_returned(file),
        rapid=terms_words(file.card.draft.rapid, language) if file.card.draft.rapid is not None else (),
    )


def _marks(reader: Reader) -> tuple[Mark, ...]:
    return tuple(Mark("high", f"{line.instrument}: {line.text}" if line.instrument else line.text) for line in stop_lines(reader))


def _gap_sentences(file: AssessmentFile, language: Language) -> Iterator[str]:
    for seen in file.each():
        if seen.result.required or seen.is_main:
            reader = Reader(seen, language)
            named = f"{reader.own(seen.template.name)}: " if len(file.instruments) > 1 else ""
            yield f"{named}{reader.gap_sentence()}"


def _handed_over(file: AssessmentFile, language: Language) -> str:
    match file.card.state:
        case "in_review":
            return language.text(N_("Handed over: a second person reviews it now."))
        case "agreed":
            return language.text(N_("{name} has reviewed and agreed. It can be sealed."), name=file.card.reviewer_name)
        case "sealed" | "decided" | "superseded":
            return language.text(N_("The record is sealed."))
    return ""


def _returned(file: AssessmentFile) -> str:
    """Give the reviewer's comment while the assessment is back at its caseworker."""
    last = file.reviews[-1] if file.reviews else None
    return last.comment if file.card.state == "returned" and last is not None and last.outcome == "returned" else ""


def words_said(summary: str, language: Language) -> str:
    """Count the words of a summary, and say when it is longer than a board reads."""
    count = len(summary.split())
    said = language.plural("{n} word", "{n} words", count)
    if count > USUAL_WORDS:
        return language.text(N_("{words}; at most {most} are read"), words=said, most=USUAL_WORDS)
    return said


def departs(draft: RecommendationDraft, calculated_decision: str | None) -> bool:
    """Say whether what is chosen differs from what is calculated."""
    return bool(draft.decision) and calculated_decision is not None and draft.decision != calculated_decision


def wrong_with(draft: RecommendationDraft, calculated_decision: str | None) -> Mapping[str, str]:
    """Say, by field, what keeps a recommendation from being complete; messages are English and worded at the edge.

    Fields: ``decision``, ``summary``, ``departure``, ``conditions``, ``condition.N`` (from 0) and ``condition.N.due``.
    """
    wrong: dict[str, str] = {}
    if not draft.decision:
        wrong["decision"] = N_("Choose what you recommend.")
    if not draft.summary.strip():
        wrong["summary"] = N_("Write in a few sentences why you recommend this; the board reads it first.")
    if departs(draft, calculated_decision) and not draft.departure.strip():
        wrong["departure"] = N_("Your recommendation differs from the calculated one; say why.")
    if draft.decision == "approve_with_conditions" and not draft.conditions:
        wrong["conditions"] = N_("Approving with conditions needs at least one condition.")
    for place, condition in enumerate(draft.conditions):
        if not condition.text.strip():
            wrong[f"condition.{place}"] = N_("Write what must be met, or remove the condition.")
        if condition.before == "date" and condition.due is None:
            wrong[f"condition.{place}.due"] = N_("Enter the date.")
    return wrong


def before_options(language: Language) -> list[tuple[str, str]]:
    """Give the three times that a condition can have."""
    return [(key, word(BEFORE, key, language)) for key in BEFORE]


def condition_words(condition: AgreementCondition, file: AssessmentFile, language: Language) -> str:
    """Say a condition and, after it, when it must be met."""
    text, due = condition.text.strip(), Reader(file, language).condition_due(condition)
    return f"{text}{'' if text.endswith(('.', '!', '?')) else '.'} {due[:1].upper()}{due[1:]}."
