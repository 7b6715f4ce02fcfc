"""The one place that takes from an assessment what its partner may see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from desktop.charts.capacity import profile_rows
from desktop.charts.risk_matrix import number_risks
from desktop.charts.scale import Zone, zone_mark, zones_of
from desktop.charts.wording import band_status, risk_word, subject_word
from desktop.language import Language
from desktop.reports.chosen import Ticks
from desktop.reports.content import readers_of
from desktop.reports.content_reader import Reader
from desktop.reports.partner_view import (
    ConditionPart,
    DecisionPart,
    FindingPart,
    InstrumentPart,
    JudgedPart,
    OwedPart,
    PartnerView,
    PlacePart,
    ProjectPart,
    Rated,
    RiskPart,
    StepPart,
    SubjectPart,
    SupportPart,
    Why,
)
from desktop.value_words import value_words
from desktop.words import ANSWER_STATES, DECISIONS, rating_mark, table_of, word
from forms.money import Money
from forms.question import Question
from forms.result import QuestionLine, Score, SectionResult
from forms.text import N_
from models.cards import AssessmentFile, DecisionCard
from models.document_kind import PARTNER_DRAFT, PARTNER_FEEDBACK
from models.judging import NOT_APPLICABLE, JudgedArea, areas, judged_of
from models.risks import matrix_template
from models.stops import met_stops

#: Questions whose answers say what we owe the partner.
OWED = ("partnership.our_part", "network.owe")
#: Kinds of question whose answers are words of the template, never somebody's own.
_FIXED = ("level", "yes_partly_no", "choice", "choices")
HALF = Fraction(1, 2)
_GRANTED = ("approve", "approve_with_conditions")


def draft_view(file: AssessmentFile, language: Language, *, ticks: Ticks, organisation: str, reply_by: date | None) -> PartnerView:
    """Give the draft findings, for the partner to reply to before the record is sealed. Raises ``LanguageLacking``."""
    return replace(_findings_view(file, language, ticks=ticks, organisation=organisation), reply_by=reply_by)


def feedback_view(file: AssessmentFile, language: Language, *, ticks: Ticks, organisation: str) -> PartnerView:
    """Give what the partner gets to know at the end; the decision once it is recorded. Raises ``LanguageLacking``."""
    view = _findings_view(file, language, ticks=ticks, organisation=organisation)
    readers = readers_of(file, language)
    reader, file = readers[0], readers[0].file
    recommended, decided = file.recommendation, file.decision
    agreed = decided.draft.conditions if decided is not None else recommended.conditions if recommended is not None else ()
    return replace(
        view,
        kind=PARTNER_FEEDBACK.name,
        reply=recommended.partner_reply if recommended is not None else "",
        decision=_decision(decided, file, language) if decided is not None else None,
        conditions=tuple(ConditionPart(one.text, reader.condition_due(one)) for one in agreed),
        capacity_plan=recommended.capacity_plan if recommended is not None else "",
        support=_support(reader),
        owed=tuple(part for one in readers for part in _owed(one)),
        next_due=file.card.next_due,
        caseworker=file.card.caseworker_name,
        record_sha256=file.seal.sha256 if file.seal is not None else "",
    )


def _findings_view(file: AssessmentFile, language: Language, *, ticks: Ticks, organisation: str) -> PartnerView:
    readers = readers_of(file, language)
    reader, file = readers[0], readers[0].file
    project = file.project
    return PartnerView(
        kind=PARTNER_DRAFT.name,
        language=language.code,
        organisation=organisation,
        case_number=file.card.case_number,
        assessed_on=file.card.draft.as_of,
        partner=file.partner.name,
        country=language.country(file.partner.draft.country),
        project=ProjectPart(project.draft.title, reader.amount(), reader.period()) if project is not None else None,
        shown=ticks,
        instruments=tuple(_instrument(one, ticks) for one in readers),
        stops=tuple(reader.own(stop.text) for stop in met_stops(reader.file)),
        risks=_risks(reader) if ticks.risks else (),
    )


def _instrument(reader: Reader, ticks: Ticks) -> InstrumentPart:
    template = reader.file.template
    return InstrumentPart(
        id=template.id,
        version=template.version,
        name=reader.own(template.name),
        met=_met(reader),
        subjects=tuple(_subjects(reader)),
        findings=tuple(_findings(reader, ticks)),
        judged=tuple(_judged(reader, ticks)) if ticks.judged else (),
    )


def _met(reader: Reader) -> str:
    """Say first what is in place: in how many questions the requirement is met."""
    result, language = reader.file.result, reader.language
    if not result.required:
        return ""
    return language.text(
        N_("You meet the requirement in {met} of the {all} questions that have one."),
        met=result.required - len(result.gaps),
        all=result.required,
    )


def _subjects(reader: Reader) -> Iterator[SubjectPart]:
    result, language = reader.file.result, reader.language
    scores = {one.subject: one.score for one in result.subjects}
    shown = [one for one in result.sections if one.asked and one.score.status != "unscored"]
    for subject in dict.fromkeys([*scores, *(one.subject for one in shown)]):
        title, table = subject_word(language, subject), table_of(reader.file.template, subject)
        yield SubjectPart(
            subject=subject,
            title=title,
            rated=_rated(reader, subject, title, scores[subject]) if subject in scores else None,
            sections=tuple(_sections(reader, subject, [one for one in shown if one.subject == subject])),
            scale=tuple(_step(zone, language) for zone in zones_of(reader.file.template, subject)),
            higher_is_better=table is None or table.direction == "higher_is_better",
        )


def _step(zone: Zone, language: Language) -> StepPart:
    tone, said = zone_mark(zone, language)
    return StepPart(said, tone, zone.start, zone.end)


def _sections(reader: Reader, subject: str, sections: Sequence[SectionResult]) -> Iterator[Rated]:
    """Give the sections of a subject, each with its place in the profile."""
    rows = profile_rows(reader.file.template, reader.file.result, subject, reader.language)
    for section, row in zip(sections, rows, strict=True):
        ends = row.ends if row.ends is not None or not row.value else ("", "")
        rated = _rated(reader, section.section, row.label, section.score)
        yield replace(rated, place=PlacePart(row.percent, row.interval, ends, row.held))


def _rated(reader: Reader, area: str, title: str, score: Score) -> Rated:
    mark = reader.band_mark(score, area)
    return Rated(area, title, reader.figure(score, area), score.band or "", mark.word, mark.status)


def _findings(reader: Reader, ticks: Ticks) -> Iterator[FindingPart]:
    for line in reader.file.result.lines:
        question, answer = reader.question(line.question), reader.answer(line.question)
        why = _why(reader, line, question)
        if why is None:
            continue
        said = " ".join(part for part in (answer.reason, answer.comment) if part) if answer is not None and ticks.comments else ""
        yield FindingPart(
            question=line.question,
            number=reader.number(line.question),
            text=reader.own(question.text),
            why=why,
            answer=reader.value(question, answer) if why in ("below_requirement", "weaker_half") else _state(reader, line),
            required=_required(reader, question, line.required) if line.required is not None else "",
            key=line.key,
            comment=said,
        )


def _why(reader: Reader, line: QuestionLine, question: Question) -> Why | None:
    """Tell why the partner is told about a question: only answers in the template's own words are, never a text of somebody's own."""
    if line.state == "not_established":
        return "not_established"
    if line.is_open and not line.optional:
        return "open"
    if question.kind not in _FIXED:
        return None
    if line.is_gap:
        return "below_requirement"
    return "weaker_half" if not reader.file.result.required and _is_weak(reader, line) else None


def _is_weak(reader: Reader, line: QuestionLine) -> bool:
    """Tell whether an answer lies in the weaker half of its scale, for templates that have no requirements."""
    if not line.counts or line.points is None or line.lowest is None or line.highest is None or line.lowest == line.highest:
        return False
    place = (line.points - line.lowest) / (line.highest - line.lowest)
    section = reader.file.result.section(line.section)
    table = table_of(reader.file.template, line.section) or table_of(reader.file.template, section.subject)
    return 1 - place < HALF if table is not None and table.direction == "higher_is_worse" else place < HALF


def _state(reader: Reader, line: QuestionLine) -> str:
    if line.state == "not_established":
        return word(ANSWER_STATES, line.state, reader.language)
    return reader.language.text(N_("Not answered yet"))


def _required(reader: Reader, question: Question, required: int) -> str:
    """Say what is required: a level by number and words, else the answers that are enough."""
    if question.levels:
        words = next((reader.own(level.text) for level in question.levels if level.key == required), "")
        return f"{reader.language.number(required)} · {words}" if words else reader.language.number(required)
    worth = question.points or {option.id: option.points for option in question.options if option.points is not None}
    enough = [value for value, points in worth.items() if points >= required]
    said = [value_words(question, value, reader.language) for value in enough]
    return reader.language.text(N_("{answers} (one of these)"), answers=said) if len(said) > 1 else "".join(said)


def _judged(reader: Reader, ticks: Ticks) -> Iterator[JudgedPart]:
    file, language = reader.file, reader.language
    for area in areas(file.template, file.result):
        rating = judged_of(file, area.id)
        if rating is None:
            continue
        reason = rating.reason if ticks.comments else ""
        if rating.rating == NOT_APPLICABLE:
            yield JudgedPart(_title(reader, area), rating.rating, word(ANSWER_STATES, NOT_APPLICABLE, language), "incomplete", reason)
            continue
        mark = rating_mark(rating.rating, language, area.table)
        yield JudgedPart(_title(reader, area), rating.rating, mark.word, mark.tone, reason)


def _title(reader: Reader, area: JudgedArea) -> str:
    if area.kind == "overall":
        return reader.language.text(N_("The whole"))
    return subject_word(reader.language, area.id) if area.kind == "subject" else reader.section_title(area.id)


def _risks(reader: Reader) -> tuple[RiskPart, ...]:
    """Give the risks without their owners, who may be people of ours."""
    file, language = reader.file, reader.language
    rated_by = matrix_template(file)
    if rated_by is None or rated_by.risk_matrix is None:
        return ()
    return tuple(
        RiskPart(
            title=risk.entry.title,
            before=risk_word(language, risk.inherent),
            before_tone=band_status(risk.inherent, language),
            done=risk.entry.mitigation,
            after=risk_word(language, risk.residual),
            after_tone=band_status(risk.residual, language),
        )
        for risk in number_risks(rated_by.risk_matrix, file.risks)
    )


def _support(reader: Reader) -> tuple[SupportPart, ...]:
    plan, table = reader.file.result.assurance, reader.file.template.assurance
    if plan is None or table is None:
        return ()
    return tuple(SupportPart(reader.own(one.text), plan.counts[one.id]) for one in table.measures if plan.counts.get(one.id))


def _owed(reader: Reader) -> Iterator[OwedPart]:
    for line in reader.file.result.lines:
        answer = reader.answer(line.question)
        if line.question in OWED and answer is not None and isinstance(answer.value, str) and answer.value.strip():
            yield OwedPart(reader.question_text(line.question), answer.value)


def _decision(decided: DecisionCard, file: AssessmentFile, language: Language) -> DecisionPart:
    draft, rapid = decided.draft, file.card.draft.rapid
    granted = ""
    if rapid is not None and draft.outcome in _GRANTED and draft.granted_minor is not None and draft.granted_until is not None:
        amount = Money(draft.granted_minor, rapid.currency, whole=True)
        granted = language.text(N_("At most {cap} may be paid, until {date}."), cap=amount, date=draft.granted_until)
    return DecisionPart(draft.outcome, word(DECISIONS, draft.outcome, language), draft.decided_on, granted)
