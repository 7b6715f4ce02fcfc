"""One instrument's result: requirement gaps, subjects with both ratings, values without bands, what is judged, how it is known."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.charts.wording import band_word, is_percent, score_figure
from desktop.language import Language
from desktop.reports.content_reader import KEY_LETTER, Reader
from desktop.result.scores import QuestionWay, distance, held, way, ways
from desktop.words import ANSWER_STATES, SUBJECTS, Mark, board_mark, rating_mark, table_of, word
from forms.result import Score
from forms.text import N_
from models.judging import NOT_APPLICABLE, JudgedArea, areas, judged_of, needs_reason


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
    ``calculated`` is the band's key or ``None``; ``choices`` the bands that may be judged, weakest first: none where the subject is not
    judged. ``needs_reason`` holds the ratings that need one. ``name`` is the subject's among all instruments.
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
    needs_reason: frozenset[str]
    higher_is_better: bool
    name: str


@dataclass(frozen=True)
class JudgedLine:
    """An area that is judged beside its calculation: a section, or the whole; ``needs_reason`` holds the ratings that need a comment."""

    area: str
    title: str
    mark: Mark
    figure: str
    choices: tuple[tuple[str, str], ...]
    judged: str | None
    reason: str
    needs_reason: frozenset[str]


@dataclass(frozen=True)
class InstrumentResult:
    """One instrument: ``title`` is empty where it is the only one. ``unrated`` are subjects whose sections have values without bands."""

    id: str
    title: str
    gap_sentence: str
    gaps: tuple[GapLine, ...]
    subjects: tuple[SubjectCard, ...]
    unrated: tuple[str, ...]
    judged: tuple[JudgedLine, ...]
    clashes: tuple[ClashLine, ...]
    facts: tuple[str, ...]
    remarks: tuple[str, ...]


def instrument_result(reader: Reader, *, editable: bool) -> InstrumentResult:
    """Word the result of the instrument that the reader is at."""
    file = reader.file
    judged = areas(file.template, file.result)
    by_subject = {area.id: area for area in judged if area.kind == "subject"}
    rated = {one.subject for one in file.result.subjects}
    shown = [one.subject for one in file.result.sections if one.asked and one.score.status != "unscored"]
    return InstrumentResult(
        id=file.template.id,
        title=reader.own(file.template.name) if len(file.instruments) > 1 else "",
        gap_sentence=reader.gap_sentence() if file.result.required or file.is_main else "",
        gaps=_gaps(reader),
        subjects=tuple(
            _subject(reader, one.subject, one.score, by_subject.get(one.subject), editable=editable) for one in file.result.subjects
        ),
        unrated=tuple(dict.fromkeys(one for one in shown if one not in rated)),
        judged=tuple(_judged(reader, area) for area in judged if area.kind != "subject"),
        clashes=tuple(ClashLine(reader.clash_text(one.id), ways(reader, one.because)) for one in file.result.clashes),
        facts=_facts(reader),
        remarks=_flags(reader),
    )


def _flags(reader: Reader) -> tuple[str, ...]:
    """Name the single weak answers that a section's value does not show."""
    language = reader.language
    found = []
    for section in reader.file.template.sections:
        held_by = reader.file.result.section(section.id).score.held_by
        if section.value_only and section.flag is not None and held_by:
            title, flag = reader.own(section.title), reader.own(section.flag.text)
            found.append(
                language.text(N_("{section}, {questions}: {flag}"), section=title, questions=reader.numbered_questions(held_by), flag=flag)
            )
    return tuple(found)


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


def _subject(reader: Reader, subject: str, score: Score, area: JudgedArea | None, *, editable: bool) -> SubjectCard:
    language, table = reader.language, table_of(reader.file.template, subject)
    own = judged_of(reader.file, subject) if area is not None else None
    complete = score.status == "complete" and score.percent is not None
    return SubjectCard(
        id=subject,
        title=word(SUBJECTS, subject, language),
        stops=board_mark(sum(stop.subject == subject for stop in reader.file.result.stops), language),
        mark=rating_mark(score.band, language, table) if complete else Mark("incomplete", band_word(language, None, score.status)),
        figure=score_figure(language, score, table),
        said=language.text(N_("out of 100")) if complete and is_percent(table) else "",
        held=held(reader, score, subject, of_sections=True),
        distance=distance(language, score, table),
        calculated=score.band,
        choices=band_choices(area, language) if area is not None else (),
        judged=own.rating if own else None,
        reason=own.reason if own else "",
        judged_said=_judged_said(reader, area, editable=editable) if area is not None else "",
        needs_reason=_needing(reader, area) if area is not None else frozenset(),
        higher_is_better=table is None or table.direction == "higher_is_better",
        name=subject if reader.file.is_main else f"{reader.file.template.id}.{subject}",
    )


def _needing(reader: Reader, area: JudgedArea) -> frozenset[str]:
    ratings = [*area.table.names, NOT_APPLICABLE]
    return frozenset(one for one in ratings if needs_reason(reader.file.template, area, one))


def _judged_said(reader: Reader, area: JudgedArea, *, editable: bool) -> str:
    language, own = reader.language, judged_of(reader.file, area.id)
    if own is None:
        return language.text(N_("Enter your judged rating.")) if editable else language.text(N_("Not judged."))
    if area.calculated is None:
        return ""
    missing = own.rating in _needing(reader, area) and not own.reason.strip()
    if own.rating == area.calculated:
        return language.text(N_("Write a comment to it.")) if missing else language.text(N_("The same as the calculated one."))
    if missing:
        return language.text(N_("It differs from the calculated one: say why."))
    return language.text(N_("It differs from the calculated one."))


def _judged(reader: Reader, area: JudgedArea) -> JudgedLine:
    language, own = reader.language, judged_of(reader.file, area.id)
    score = area.score
    whole = language.text(N_("The whole")) if area.kind == "overall" else reader.section_title(area.id)
    return JudgedLine(
        area=area.id,
        title=whole,
        mark=_calculated_mark(area, language),
        figure=score_figure(language, score, area.table) if score is not None else "",
        choices=band_choices(area, language),
        judged=own.rating if own else None,
        reason=own.reason if own else "",
        needs_reason=_needing(reader, area),
    )


def _calculated_mark(area: JudgedArea, language: Language) -> Mark:
    if area.score is None:
        return Mark("incomplete", language.text(N_("Not calculated")))
    if area.calculated is None:
        return Mark("incomplete", band_word(language, None, area.score.status))
    return rating_mark(area.calculated, language, area.table)


def band_choices(area: JudgedArea, language: Language) -> tuple[tuple[str, str], ...]:
    """Give the ratings that an area can have, from low values to high, with their words; *not applicable* last where it may be."""
    found = tuple((band, rating_mark(band, language, area.table).word) for band in area.table.names)
    return found + (((NOT_APPLICABLE, word(ANSWER_STATES, NOT_APPLICABLE, language)),) if area.may_be_set_aside else ())


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
    if reader.file.is_main and (late := changed_late(reader)):
        said.append(late)
    return tuple(said)


def changed_late(reader: Reader) -> str:
    """Say how many answers were changed after the result was seen; nothing before it was."""
    language, changed = reader.language, reader.file.changed_after_result
    if changed:
        return language.plural(
            "{n} answer was changed after the result was seen, with a reason",
            "{n} answers were changed after the result was seen, each with a reason",
            changed,
        )
    return language.text(N_("No answer was changed after the result was seen")) if reader.file.result_seen_at is not None else ""


def key_letter(key: bool) -> str:
    """Give the letter that stands before a key question."""
    return KEY_LETTER if key else ""
