"""The result as it is shown: stops above all, requirement gaps, bands apart, contradictions, how it is known, what it recommends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from desktop.charts.wording import band_word, score_number
from desktop.language import Language
from desktop.reports.content_reader import KEY_LETTER, Reader, plan_sentence
from desktop.words import BANDS, DECISIONS, RISKS, SUBJECTS, Mark, board_mark, rating_mark, word
from forms.result import Score
from forms.template import Template
from forms.text import N_
from models.cards import AssessmentFile, JudgedRating

#: *open*: something is unanswered; *asks*: complete and not looked at yet; *shown*: the whole result.
Standing = Literal["open", "asks", "shown"]


@dataclass(frozen=True)
class QuestionWay:
    """A question with the way back to it."""

    id: str
    number: str
    text: str


@dataclass(frozen=True)
class StopLine:
    """A stop criterion that is met, whether it may ever be waived, and the answers that met it."""

    text: str
    said: str
    because: tuple[QuestionWay, ...]


@dataclass(frozen=True)
class GapLine:
    """A question below its required level."""

    question: QuestionWay
    key: bool
    answer: str
    required: str


@dataclass(frozen=True)
class ClashLine:
    """Answers that do not fit together."""

    text: str
    because: tuple[QuestionWay, ...]


@dataclass(frozen=True)
class SubjectCard:
    """Organisation or project: the calculated band, what holds it, how far it is to the next, and the judged rating beside it.

    ``stops`` says that stop criteria of this subject are met, which no figure outweighs.
    ``calculated`` is the band's key or ``None``; ``choices`` the bands that may be judged, weakest first.
    """

    id: str
    title: str
    stops: Mark | None
    mark: Mark
    figure: str
    said: str
    held: str
    distance: str
    calculated: str | None
    choices: tuple[tuple[str, str], ...]
    judged: str | None
    reason: str
    judged_said: str


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
    gap_sentence: str
    gaps: tuple[GapLine, ...]
    subjects: tuple[SubjectCard, ...]
    clashes: tuple[ClashLine, ...]
    facts: tuple[str, ...]
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
    reader = Reader(file, language)
    editable = may_write(file, person)
    return ResultState(
        standing=_standing(file),
        progress=language.text(
            N_("{answered} of {asked} answered"), answered=file.result.completeness.answered, asked=file.result.completeness.asked
        ),
        intervals=tuple((word(SUBJECTS, one.subject, language), reader.score_words(one.score)) for one in file.result.subjects),
        open_questions=tuple(way(reader, line.question) for line in file.result.lines if line.is_open and not line.optional),
        editable=editable,
        read_only="" if editable else why_read_only(file, language),
        stops=_stops(reader),
        gap_sentence=reader.gap_sentence(),
        gaps=_gaps(reader),
        subjects=tuple(_subject(reader, one.subject, one.score, editable=editable) for one in file.result.subjects),
        clashes=tuple(ClashLine(reader.clash_text(one.id), ways(reader, one.because)) for one in file.result.clashes),
        facts=_facts(reader),
        follow_up=_follow_up(reader),
        calculated=calculated(reader),
        has_recommendation=file.recommendation is not None,
    )


def way(reader: Reader, question: str) -> QuestionWay:
    """Give a question with its number and words."""
    return QuestionWay(question, reader.number(question), reader.question_text(question))


def ways(reader: Reader, questions: tuple[str, ...]) -> tuple[QuestionWay, ...]:
    """Give those of the questions that are asked."""
    return tuple(way(reader, one) for one in questions if reader.number(one))


def calculated(reader: Reader) -> Calculated:
    """Give the calculated recommendation with its reason."""
    proposal = reader.file.result.proposal
    if proposal is None or not reader.file.result.is_complete:
        return Calculated(None, "", reader.language.text(N_("No recommendation is calculated until every question has its answer.")))
    return Calculated(proposal.decision, word(DECISIONS, proposal.decision, reader.language), reader.proposal_reason())


def _standing(file: AssessmentFile) -> Standing:
    if not file.result.is_complete:
        return "open"
    if file.result_seen_at is None and file.card.state in ("draft", "returned"):
        return "asks"
    return "shown"


def _stops(reader: Reader) -> tuple[StopLine, ...]:
    text = reader.language.text
    waivable = {
        "never": text(N_("Can never be waived. It goes to the board, first on page one.")),
        "board": text(N_("Only the board may waive it, with limit, date and compensating control. It stands first on page one.")),
    }
    ordered = sorted(reader.file.result.stops, key=lambda one: one.waivable != "never")
    return tuple(StopLine(reader.stop_text(stop.id), waivable[stop.waivable], ways(reader, stop.because)) for stop in ordered)


def _gaps(reader: Reader) -> tuple[GapLine, ...]:
    return tuple(
        GapLine(
            question=way(reader, gap.question),
            key=gap.key,
            answer=reader.value(reader.question(gap.question), reader.answer(gap.question)),
            required=reader.language.number(gap.required),
        )
        for gap in sorted(reader.file.result.gaps, key=lambda gap: not gap.key)
    )


def _subject(reader: Reader, subject: str, score: Score, *, editable: bool) -> SubjectCard:
    language = reader.language
    own = next((one for one in reader.file.judged if (one.instrument, one.area) == (reader.file.template.id, subject)), None)
    complete = score.status == "complete" and score.percent is not None
    return SubjectCard(
        id=subject,
        title=word(SUBJECTS, subject, language),
        stops=board_mark(sum(stop.subject == subject for stop in reader.file.result.stops), language),
        mark=rating_mark(score.band, language) if complete else Mark("incomplete", band_word(language, None, score.status)),
        figure=score_number(language, score.percent) if complete and score.percent is not None else "",
        said=language.text(N_("out of 100")) if complete else "",
        held=held(reader, score, of_sections=True),
        distance=distance(language, score),
        calculated=score.band,
        choices=band_choices(reader.file.template, subject, language),
        judged=own.rating if own else None,
        reason=own.reason if own else "",
        judged_said=_judged_said(language, own, score.band, editable=editable),
    )


def _judged_said(language: Language, own: JudgedRating | None, calculated_band: str | None, *, editable: bool) -> str:
    if own is None:
        return language.text(N_("Enter your judged rating.")) if editable else language.text(N_("Not judged."))
    if calculated_band is None:
        return ""
    if own.rating == calculated_band:
        return language.text(N_("The same as the calculated one."))
    if not own.reason.strip():
        return language.text(N_("It differs from the calculated one: say why."))
    return language.text(N_("It differs from the calculated one."))


def band_choices(template: Template, subject: str, language: Language) -> tuple[tuple[str, str], ...]:
    """Give the bands of a subject's table, from low values to high, with their words."""
    table = template.bands[template.subjects[subject].bands]
    vocabulary = BANDS if table.direction == "higher_is_better" else RISKS
    return tuple((band, word(vocabulary, band, language)) for band in table.names)


def held(reader: Reader, score: Score, *, of_sections: bool) -> str:
    """Say what holds a band down and what the figure alone would give; nothing when nothing does."""
    if not score.held_by or score.band_uncapped is None:
        return ""
    language = reader.language
    because = (
        language.listing([reader.section_title(one) for one in score.held_by]) if of_sections else reader.numbered_questions(score.held_by)
    )
    return language.text(
        N_("Held down by {because}; the figure alone would give {band}."),
        because=because,
        band=word(BANDS, score.band_uncapped, language).lower(),
    )


def distance(language: Language, score: Score) -> str:
    """Say how far it is to the next better band by the figure alone; nothing in the best one."""
    if score.next_band is None:
        return ""
    points = score_number(language, score.next_band.value)
    if score.next_band.value == 0:
        return language.text(
            N_("On the edge of {band}, which belongs to the weaker side."), band=word(BANDS, score.next_band.band, language)
        )
    return language.text(N_("{points} points from {band}"), points=points, band=word(BANDS, score.next_band.band, language))


def _facts(reader: Reader) -> tuple[str, ...]:
    """Say what a careful reader wants to know about how complete and how firm the answers are."""
    language, done = reader.language, reader.file.result.completeness
    said = [language.text(N_("{answered} of {asked} answered"), answered=done.answered, asked=done.asked)]
    if done.not_established:
        unknown = [line.question for line in reader.file.result.lines if line.state == "not_established"]
        said.append(
            language.text(N_("Could not be established, counted as the lowest level: {which}"), which=reader.numbered_questions(unknown))
        )
    if share := reader.file.result.not_applicable_share:
        said.append(language.text(N_("{share} of the scored questions are not applicable"), share=language.percent(share * 100)))
    changed = reader.file.changed_after_result
    if reader.file.result_seen_at is not None and changed == 0:
        said.append(language.text(N_("No answer was changed after the result was seen")))
    elif changed:
        said.append(
            language.plural(
                "{n} answer was changed after the result was seen, with a reason",
                "{n} answers were changed after the result was seen, each with a reason",
                changed,
            )
        )
    return tuple(said)


def _follow_up(reader: Reader) -> FollowUp | None:
    plan, table = reader.file.result.assurance, reader.file.template.assurance
    if plan is None or table is None or not reader.file.result.is_complete:
        return None
    measures = tuple((reader.own(one.text), reader.language.number(plan.counts[one.id])) for one in table.measures if one.id in plan.counts)
    return FollowUp(plan_sentence(reader.language, plan, table), measures)


def key_letter(key: bool) -> str:
    """Give the letter that stands before a key question."""
    return KEY_LETTER if key else ""
