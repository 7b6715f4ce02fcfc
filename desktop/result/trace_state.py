"""Why: the whole trace as a sum that can be read, question by question and section by section."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from desktop.charts.wording import band_word, is_percent, score_figure, score_number
from desktop.language import Language
from desktop.reports.content_reader import Reader
from desktop.result.scores import QuestionWay, distance, held, way
from desktop.words import SUBJECTS, Mark, rating_mark, table_of, word
from forms.result import QuestionLine, Score, SectionResult
from forms.template import BandTable
from forms.text import N_
from models.cards import AssessmentFile


@dataclass(frozen=True)
class TraceLine:
    """One question in its section's sum.

    ``product`` is level × weight; ``share`` what part of the section's highest possible sum the question can give; ``step`` what one
    level more would add to the section's figure, on the scale of 100 (empty where there is none left).
    """

    question: QuestionWay
    key: bool
    level: str
    weight: str
    product: str
    share: str
    step: str
    gap: bool


@dataclass(frozen=True)
class TraceSection:
    """A section added up: ``total`` is its sum in words, ``remarks`` what else decides its band."""

    title: str
    mark: Mark
    figure: str
    lines: tuple[TraceLine, ...]
    total: str
    remarks: tuple[str, ...]
    uncounted: tuple[str, ...]


@dataclass(frozen=True)
class TraceSubject:
    """A subject's figure out of its sections: rows of section, figure, weight and product, the sum, and what else decides."""

    id: str
    title: str
    mark: Mark
    figure: str
    rows: tuple[tuple[str, str, str, str], ...]
    total: str
    cutoffs: str
    remarks: tuple[str, ...]
    sections: tuple[TraceSection, ...]


def trace_state(file: AssessmentFile, language: Language) -> tuple[TraceSubject, ...]:
    """Lay out the trace of the instrument in focus, each subject by itself."""
    reader = Reader(file, language)
    rated = tuple(_subject(reader, one.subject, one.score) for one in file.result.subjects)
    valued = [one for one in file.result.sections if one.asked and reader.value_section(one.section) is not None]
    return rated + tuple(_unrated(reader, subject, valued) for subject in dict.fromkeys(one.subject for one in valued))


def _unrated(reader: Reader, subject: str, valued: list[SectionResult]) -> TraceSubject:
    """Lay out sections that come to values and no bands: nothing stands over them."""
    language = reader.language
    return TraceSubject(
        id=subject,
        title=word(SUBJECTS, subject, language),
        mark=Mark("incomplete", language.text(N_("Values without bands"))),
        figure="",
        rows=(),
        total="",
        cutoffs="",
        remarks=(),
        sections=tuple(_section(reader, one) for one in valued if one.subject == subject),
    )


def _subject(reader: Reader, subject: str, score: Score) -> TraceSubject:
    language, table = reader.language, table_of(reader.file.template, subject)
    own = [one for one in reader.file.result.sections if one.subject == subject and one.asked and one.score.status != "unscored"]
    figured = [one for one in own if one.score.percent is not None]
    weights = sum(one.weight for one in figured)
    rows = tuple(
        (
            reader.section_title(one.section),
            score_number(language, one.score.percent or Fraction(0)),
            language.number(one.weight),
            score_number(language, one.weight * (one.score.percent or Fraction(0))),
        )
        for one in figured
    )
    summed = sum(((one.score.percent or Fraction(0)) * one.weight for one in figured), Fraction(0))
    by_sections = reader.file.template.subjects[subject].combine == "sections"
    return TraceSubject(
        id=subject,
        title=word(SUBJECTS, subject, language),
        mark=_mark(score, language, table),
        figure=score_figure(language, score, table),
        rows=rows if by_sections else (),
        total=language.text(
            N_("{sum} ÷ {weights} = {figure}"),
            sum=score_number(language, summed),
            weights=language.number(weights),
            figure=score_number(language, score.percent),
        )
        if by_sections and score.percent is not None
        else "",
        cutoffs=_cutoffs(score, language, table),
        remarks=_subject_remarks(reader, subject, score),
        sections=tuple(_section(reader, one) for one in own),
    )


def _subject_remarks(reader: Reader, subject: str, score: Score) -> tuple[str, ...]:
    language = reader.language
    remarks = []
    gates = [reader.section_title(one) for one in reader.file.template.subjects[subject].never_better_than]
    if gates:
        remarks.append(language.text(N_("Never better than the weakest of {sections}."), sections=gates))
    if said := held(reader, score, subject, of_sections=True):
        remarks.append(said)
    if said := distance(language, score, table_of(reader.file.template, subject)):
        remarks.append(said + ("" if said.endswith(".") else "."))
    return tuple(remarks)


def _section(reader: Reader, section: SectionResult) -> TraceSection:
    lines = [line for line in reader.file.result.lines if line.section == section.section]
    counted = [line for line in lines if line.counts]
    span = _span(counted)
    aggregate = next(one.aggregate for one in reader.file.template.sections if one.id == section.section)
    return TraceSection(
        title=reader.section_title(section.section),
        mark=_section_mark(reader, section),
        figure=reader.figure(section.score, section.section) if section.score.percent is not None else "",
        lines=tuple(_line(reader, line, section, span, aggregate) for line in counted),
        total=_total(reader, section, counted, aggregate),
        remarks=_section_remarks(reader, section),
        uncounted=tuple(_uncounted(reader, line) for line in lines if not line.counts),
    )


def _line(reader: Reader, line: QuestionLine, section: SectionResult, span: Fraction, aggregate: str) -> TraceLine:
    language = reader.language
    points = line.points or Fraction(0)
    highest = line.highest or Fraction(0)
    weight = 1 if aggregate == "mean" else line.weight
    share = Fraction(highest * line.weight, 1) / section.maximum * 100 if section.maximum else Fraction(0)
    can_rise = aggregate != "worst" and points < highest and span > 0
    return TraceLine(
        question=way(reader, line.question),
        key=line.key,
        level=_number(language, points),
        weight=language.number(line.weight),
        product=_number(language, points * line.weight),
        share=language.percent(share),
        step=f"+{score_number(language, Fraction(weight) / span * 100)}" if can_rise else "",
        gap=line.is_gap,
    )


def _span(counted: list[QuestionLine]) -> Fraction:
    """Give what lies between all lowest and all highest, weighted: the whole that one step is a part of."""
    return sum(((line.highest or Fraction(0)) - (line.lowest or Fraction(0))) * line.weight for line in counted) or Fraction(0)


def _total(reader: Reader, section: SectionResult, counted: list[QuestionLine], aggregate: str) -> str:
    language, figure = reader.language, _figure(section.score, reader.language)
    if section.score.percent is None:
        return band_word(language, None, section.score.status)
    if not is_percent(table_of(reader.file.template, section.section)) or reader.value_section(section.section) is not None:
        return language.text(
            N_("{points} points over {count} answers: {figure}"),
            points=_number(language, section.points),
            count=language.number(section.counted),
            figure=reader.figure(section.score, section.section),
        )
    if aggregate == "worst":
        return language.text(N_("The weakest answer decides: {figure} out of 100"), figure=figure)
    lowest = sum(((line.lowest or Fraction(0)) * line.weight for line in counted), Fraction(0))
    if aggregate == "mean":
        return language.text(N_("The mean of the levels gives {figure} out of 100"), figure=figure)
    if lowest:
        return language.text(
            N_("{points} points; from {lowest} to {highest} are possible: {figure} out of 100"),
            points=_number(language, section.points),
            lowest=_number(language, lowest),
            highest=_number(language, section.maximum),
            figure=figure,
        )
    return language.text(
        N_("{points} of {highest} points: {figure} out of 100"),
        points=_number(language, section.points),
        highest=_number(language, section.maximum),
        figure=figure,
    )


def _section_remarks(reader: Reader, section: SectionResult) -> tuple[str, ...]:
    table = table_of(reader.file.template, section.section)
    found = [held(reader, section.score, section.section, of_sections=False), distance(reader.language, section.score, table)]
    return tuple(one if one.endswith(".") else f"{one}." for one in found if one)


def _uncounted(reader: Reader, line: QuestionLine) -> str:
    why = {
        "open": N_("{number} {question} Not answered, so nothing is counted yet."),
        "not_applicable": N_("{number} {question} Not applicable, counted as if it did not exist."),
        "not_scored": N_("{number} {question} Recorded, never scored."),
    }
    return reader.language.text(why[line.why], number=reader.number(line.question), question=reader.question_text(line.question))


def _cutoffs(score: Score, language: Language, table: BandTable | None) -> str:
    """Write the band table in one line: Weak – 40 – Limited – 60 – …"""
    if not score.cutoffs:
        return ""
    words = [band_word(language, score.cutoffs[0].below, score.status, table)]
    for cut in score.cutoffs:
        value = _number(language, cut.value) if is_percent(table) else language.number(cut.value, 0 if cut.value.denominator == 1 else 2)
        words += [value, band_word(language, cut.above, score.status, table)]
    return language.text(N_("Bands: {bands}"), bands=" · ".join(words))


def _mark(score: Score, language: Language, table: BandTable | None) -> Mark:
    return (
        rating_mark(score.band, language, table) if score.band is not None else Mark("incomplete", band_word(language, None, score.status))
    )


def _section_mark(reader: Reader, section: SectionResult) -> Mark:
    shown = reader.band_mark(section.score, section.section)
    return Mark(shown.status, shown.word)


def _figure(score: Score, language: Language) -> str:
    return score_number(language, score.percent) if score.percent is not None else ""


def _number(language: Language, value: Fraction) -> str:
    return language.number(value, 0 if value.denominator == 1 else 1)
