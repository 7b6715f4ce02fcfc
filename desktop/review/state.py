"""The review as the second person sees it: who may review, the key questions one by one, and what is said on each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from desktop.assessment.question_state import EvidenceRow
from desktop.language import Language
from desktop.outside_words import result_words, validity_words
from desktop.rapid_words import terms_words
from desktop.recommendation.state import condition_words
from desktop.reports.content_reader import Reader
from desktop.result.instrument_state import GapLine, changed_late, instrument_result
from desktop.result.state import Calculated, StopLine, calculated, stop_lines
from desktop.words import DECISIONS, OUTCOMES, Mark, word
from forms.result import QuestionLine
from forms.text import N_
from models.cards import AssessmentFile, ReviewPoint
from models.relying import relied_on

#: *not_yet*: not handed over. *second*: the person here may not review. *ties*: own ties first. *tie_open*: a tie waits for another person.
Standing = Literal["not_yet", "second", "ties", "tie_open", "review", "done"]


@dataclass(frozen=True)
class EvidenceLine:
    """A piece of evidence as the reviewer sees it: what the reader shows of it, and the beginning of its SHA-256."""

    row: EvidenceRow
    about: str
    hash: str


@dataclass(frozen=True)
class PointLine:
    """One key question with everything behind its answer, and the word on it if there is one."""

    question: str
    number: str
    section: str
    text: str
    answer: str
    known: str
    below: str
    comment: str
    given_by: str
    evidence: tuple[EvidenceLine, ...]
    last_time: str


@dataclass(frozen=True)
class Requirement:
    """An instrument's requirement gaps; ``instrument`` is empty where there is one only."""

    instrument: str
    said: str
    gaps: tuple[GapLine, ...]


@dataclass(frozen=True)
class PastReview:
    """A review that was made: its headline, its comment, and what was said against."""

    mark: Mark
    said: str
    comment: str
    against: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ReviewState:
    """Everything the room shows."""

    standing: Standing
    said: str
    offers_switch: bool
    points: tuple[PointLine, ...]
    needs_approval: str
    decision: str
    summary: str
    departure: str
    conditions: tuple[str, ...]
    calculated: Calculated
    requirements: tuple[Requirement, ...]
    stops: tuple[StopLine, ...]
    changed: str
    past: tuple[PastReview, ...]
    rapid: tuple[str, ...] = ()
    relied: tuple[str, ...] = ()


def review_state(file: AssessmentFile, language: Language, *, person: UUID | None, roles: frozenset[str]) -> ReviewState:
    """Word the room for the person who looks at it."""
    file = file.main()
    reader = Reader(file, language)
    limited = _needs_approval(file, language)
    standing = _standing(file, person, roles)
    recommended = file.recommendation
    return ReviewState(
        standing=standing,
        said=_said(file, standing, person, language),
        offers_switch=standing == "second",
        points=tuple(_point(Reader(seen, language), line.question) for seen in file.each() for line in seen.result.lines if line.key),
        needs_approval=limited,
        decision=word(DECISIONS, recommended.decision, language) if recommended else "",
        summary=recommended.summary if recommended else "",
        departure=recommended.departure if recommended else "",
        conditions=tuple(condition_words(one, file, language) for one in recommended.conditions) if recommended else (),
        calculated=calculated(reader),
        requirements=tuple(_requirements(file, language)),
        stops=stop_lines(reader),
        changed=changed_late(reader) if file.changed_after_result else "",
        past=tuple(_past(reader, at) for at in range(len(file.reviews))),
        rapid=terms_words(file.card.draft.rapid, language) if file.card.draft.rapid is not None else (),
        relied=tuple(_relied(file, language)),
    )


def _relied(file: AssessmentFile, language: Language) -> Iterator[str]:
    """Name each result of another body that answers rely on, with its validity and the questions, instrument by instrument."""
    for seen in file.each():
        reader, relied = Reader(seen, language), relied_on(seen)
        asked = [line.question for line in seen.result.lines if line.question in relied]
        for card in {relied[question].id: relied[question] for question in asked}.values():
            questions = reader.numbered_questions([one for one in asked if relied[one].id == card.id])
            yield f"{result_words(card.result, language)}, {validity_words(card.result, language)}: {questions}"


def _requirements(file: AssessmentFile, language: Language) -> Iterator[Requirement]:
    for seen in file.each():
        shown = instrument_result(Reader(seen, language), editable=False)
        if shown.gap_sentence:
            yield Requirement(shown.title, shown.gap_sentence, shown.gaps)


def _standing(file: AssessmentFile, person: UUID | None, roles: frozenset[str]) -> Standing:
    if file.card.state in ("draft", "returned", "withdrawn"):
        return "not_yet"
    if file.card.state != "in_review":
        return "done"
    if person is None or person == file.card.caseworker or person in file.answered_by or "reviewer" not in roles:
        return "second"
    tie = next((tie for tie in file.ties if tie.person == person), None)
    if tie is None:
        return "ties"
    return "tie_open" if tie.has_tie and not tie.resolution else "review"


def _said(file: AssessmentFile, standing: Standing, person: UUID | None, language: Language) -> str:
    match standing:
        case "not_yet" if file.card.state == "returned":
            return language.text(N_("The reviewer sent this back. It is reviewed again when it has been handed over anew."))
        case "not_yet":
            return language.text(N_("This assessment has not been handed over for review yet."))
        case "second" if person == file.card.caseworker:
            return language.text(
                N_(
                    "A review needs a second person: you are the caseworker here. "
                    "Let the reviewer take your place at this computer, by the reviewer’s own passphrase."
                )
            )
        case "second" if person in file.answered_by:
            return language.text(
                N_(
                    "A review needs a second person: you have answered questions here. "
                    "Let the reviewer take your place, by the reviewer’s own passphrase."
                )
            )
        case "second":
            return language.text(
                N_("A review is for somebody with the role reviewer. Let the reviewer take your place, by the reviewer’s own passphrase.")
            )
        case "ties":
            return language.text(N_("Before you review, say whether you have any tie to {partner}."), partner=file.card.partner_name)
        case "tie_open":
            return language.text(
                N_("You have declared a tie. Another person must write down what was decided about it before you can review.")
            )
        case "done":
            return language.text(N_("The review is done."))
    return language.text(N_("Say of each key question whether you agree: A agrees, D disagrees, the arrow keys move."))


def _point(reader: Reader, question_id: str) -> PointLine:
    file, language = reader.file, reader.language
    linked = reader.linked_from(question_id)
    line = file.result.line(question_id)
    assert line is not None  # noqa: S101 (points are made of the result's own lines)
    question, answer, card = reader.question(question_id), reader.answer(question_id), reader.card(question_id)
    below = language.text(N_("Below the requirement, which is {level}"), level=language.number(line.required or 0)) if line.is_gap else ""
    return PointLine(
        question=question_id,
        number=reader.number(question_id),
        section=_place(reader, line.section),
        text=reader.question_text(question_id),
        answer=reader.value(question, answer),
        known=_known(reader, line),
        below=below,
        comment=" ".join(part for part in (answer.reason, answer.comment) if part) if answer else "",
        given_by=language.text(N_("{name}, {at}"), name=card.person_name, at=card.at) if card else linked,
        evidence=tuple(_evidence(reader, at) for at, one in enumerate(file.evidence) if one.question in file.behind(question_id)),
        last_time=_last_time(reader, question_id),
    )


def _known(reader: Reader, line: QuestionLine) -> str:
    """Say how an answer is known, after the other body's result that it relies on."""
    behind = relied_on(reader.file).get(line.question)
    relied = (
        reader.language.text(N_("Relied on: {result}"), result=result_words(behind.result, reader.language)) if behind is not None else ""
    )
    return " · ".join(part for part in (relied, reader.known(line)) if part)


def _place(reader: Reader, section: str) -> str:
    """Name a section, after its instrument where there are several."""
    title = reader.section_title(section)
    return f"{reader.own(reader.file.template.name)} · {title}" if len(reader.file.instruments) > 1 else title


def _last_time(reader: Reader, question_id: str) -> str:
    earlier = reader.file.earlier
    if earlier is None:
        return ""
    answer = earlier.answers.of(earlier.template.id, question_id)
    if answer is None:
        return ""
    return reader.language.text(N_("Last time: {answer}"), answer=reader.short_value(reader.question(question_id), answer))


def _evidence(reader: Reader, at: int) -> EvidenceLine:
    card, language = reader.file.evidence[at], reader.language
    dated = language.text(N_("dated {date}"), date=card.dated) if card.dated else language.text(N_("without date"))
    about = " · ".join(part for part in (dated, card.note) if part)
    row = EvidenceRow(
        id=card.id, name=card.name, note=card.note, about=about, warning="", can_open=bool(card.sha256), media_type=card.media_type
    )
    return EvidenceLine(row=row, about=about, hash=card.sha256[:16])


def _needs_approval(file: AssessmentFile, language: Language) -> str:
    over = [
        (seen.result.not_applicable_share, limit)
        for seen in file.each()
        if (limit := seen.template.not_applicable_share) is not None and seen.result.not_applicable_share * 100 > limit
    ]
    if not over:
        return ""
    share, limit = max(over)
    return language.text(
        N_("I approve that {share} of the scored questions are not applicable; more than {limit} % needs it."),
        share=language.percent(share * 100),
        limit=limit,
    )


def _past(reader: Reader, at: int) -> PastReview:
    review, language = reader.file.reviews[at], reader.language
    agreed = sum(1 for point in review.points if point.agrees)
    said = language.text(
        N_("{outcome} by {name}, {at}. Agrees on {agreed} of {all} key questions."),
        outcome=word(OUTCOMES, review.outcome, language),
        name=review.reviewer_name,
        at=review.at,
        agreed=agreed,
        all=len(review.points),
    )
    against = tuple(
        (f"{reader.number(point.question)} {reader.question_text(point.question)}", point.comment)
        for point in review.points
        if not point.agrees
    )
    tone: Literal["low", "significant"] = "low" if review.outcome == "agreed" else "significant"
    return PastReview(Mark(tone, word(OUTCOMES, review.outcome, language)), said, review.comment, against)


@dataclass(frozen=True)
class Sitting:
    """What the reviewer has said so far on this screen, question → point; ``focused`` is the question in focus."""

    points: Mapping[str, ReviewPoint]
    focused: str
    comment: str = ""
    approves: bool = False


def progress(state: ReviewState, points: Mapping[str, ReviewPoint], language: Language) -> str:
    """Say how many key questions have a word, and how many of them against."""
    said = [points[one.question] for one in state.points if one.question in points]
    against = sum(1 for one in said if not one.agrees)
    text = language.text(N_("{done} of {all} key questions"), done=len(said), all=len(state.points))
    disagreements = language.plural("{n} disagreement", "{n} disagreements", against)
    return f"{text} · {disagreements}" if against else text


def next_unsaid(state: ReviewState, points: Mapping[str, ReviewPoint], after: str) -> str:
    """Give the next key question without a word, looking on from one and then from the top; the same one when all have it."""
    order = [one.question for one in state.points]
    at = order.index(after) + 1 if after in order else 0
    return next((one for one in order[at:] + order[:at] if one not in points), after)


def moved(state: ReviewState, focused: str, step: int) -> str:
    """Give the key question so many steps on; the ends are the ends."""
    order = [one.question for one in state.points]
    if not order:
        return ""
    at = order.index(focused) if focused in order else 0
    return order[min(max(at + step, 0), len(order) - 1)]


def missing(state: ReviewState, sitting: Sitting, language: Language) -> str:
    """Say what is missing before one can agree; nothing when all is there."""
    for one in state.points:
        point = sitting.points.get(one.question)
        if point is None:
            return language.text(N_("Say for each key question whether you agree; {question} is left."), question=one.number)
        if not point.agrees and not point.comment.strip():
            return language.text(N_("You disagree on question {question}: write what you see differently."), question=one.number)
    if state.needs_approval and not sitting.approves:
        return language.text(N_("Approve the share that is not applicable, or send the assessment back."))
    return ""
