"""Adding up: questions to sections, sections to a subject, each with its band."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from forms.bands import HUNDRED, Attainable, Bands, settle
from forms.result import GroupResult, QuestionLine, Score, SectionResult, SubjectResult
from forms.template import BandTable, Flag, Section, Template


def table_of(template: Template, name: str | None) -> BandTable | None:
    """Give a band table by name; ``None`` for what has no bands."""
    return template.bands[name] if name is not None else None


@dataclass(frozen=True)
class _Term:
    """One number in a sum: weight, value (``None`` while open) and the ends it can take."""

    weight: int
    value: Fraction | None
    low: Fraction
    high: Fraction
    high_ordinary: Fraction


def _combine(terms: list[_Term], values: Iterable[Fraction], aggregate: str, *, higher_is_better: bool) -> Fraction:
    numbers = list(values)
    if aggregate == "worst":
        return min(numbers) if higher_is_better else max(numbers)
    weights = [1 if aggregate == "mean" else term.weight for term in terms]
    total = _weighed(weights, numbers)
    return total if aggregate == "sum" else total / sum(weights)


def _weighed(weights: list[int], numbers: list[Fraction]) -> Fraction:
    """Add up numbers by weight. Points are nearly always whole, and whole numbers add up many times faster than fractions."""
    if all(number.denominator == 1 for number in numbers):
        return Fraction(sum(weight * number.numerator for weight, number in zip(weights, numbers, strict=True)))
    return sum((weight * number for weight, number in zip(weights, numbers, strict=True)), Fraction(0))


def _score(terms: list[_Term], aggregate: str, table: BandTable | None, *, waits: bool) -> tuple[Score, Bands | None]:
    """Band a list of terms; an open term, or a question not yet answered beside them (``waits``), gives an interval without a band.

    Without a table there is a value and no band.
    """
    if not terms:
        return Score(status="incomplete" if waits else "not_assessable"), None
    better_up = table is None or table.direction == "higher_is_better"

    def total(values: Iterable[Fraction]) -> Fraction:
        return _combine(terms, values, aggregate, higher_is_better=better_up)

    attainable = Attainable(
        total(term.low for term in terms), total(term.high for term in terms), total(term.high_ordinary for term in terms)
    )

    def percent(value: Fraction) -> Fraction:
        return (value - attainable.low) / (attainable.high - attainable.low) * HUNDRED

    if waits or any(term.value is None for term in terms):
        ends = (
            total(term.low if term.value is None else term.value for term in terms),
            total(term.high if term.value is None else term.value for term in terms),
        )
        return Score(status="incomplete", interval=(percent(ends[0]), percent(ends[1]))), None
    value = total(term.value for term in terms if term.value is not None)
    if table is None:
        return Score(status="complete", value=value, percent=percent(value)), None
    bands = settle(table, attainable)
    measured = percent(value) if table.measure == "percent" else value
    band = bands.of(measured)
    return Score(
        status="complete",
        value=value,
        percent=percent(value),
        band=band,
        band_uncapped=band,
        cutoffs=bands.cutoffs(),
        next_band=bands.next_better(measured),
    ), bands


def _terms(lines: Iterable[QuestionLine]) -> list[_Term]:
    """Give the terms of the questions that count or are still open."""
    terms = []
    for line in lines:
        if line.lowest is None or line.highest is None or line.highest_ordinary is None or not (line.counts or line.is_open):
            continue
        terms.append(_Term(line.weight, line.points, line.lowest, line.highest, line.highest_ordinary))
    return terms


def _waits(lines: Iterable[QuestionLine]) -> bool:
    """Say whether anything that must be answered is open, scored or not: an open fact may still change what is asked."""
    return any(line.is_open and not line.optional for line in lines)


def add_section(template: Template, section: Section, lines: list[QuestionLine]) -> SectionResult:
    """Add up one section; a key question at or under the template's cap holds its band."""
    table = table_of(template, section.bands)
    if section.adds_up:
        result, bands = _score(_terms(lines), section.aggregate, table, waits=_waits(lines))
    else:
        result, bands = Score(status="unscored"), None
    if result.status == "complete" and bands is not None:
        result = _cap(template, lines, result, bands)
    if section.flag is not None:
        result = replace(result, held_by=_flagged(section.flag, lines))
    counted = [line for line in lines if line.counts]
    return SectionResult(
        section=section.id,
        subject=section.subject,
        asked=len(lines),
        counted=len(counted),
        open=sum(1 for line in lines if line.is_open),
        not_applicable=sum(1 for line in lines if line.state == "not_applicable"),
        points=_points(counted),
        maximum=_maximum(counted),
        weight=section.weight,
        score=result,
        groups=tuple(_add_group(template, section, group.id, lines) for group in section.groups),
    )


def _add_group(template: Template, section: Section, group: str, lines: list[QuestionLine]) -> GroupResult:
    within = {question.id for question in section.questions if question.group == group}
    own = [line for line in lines if line.question in within]
    counted = [line for line in own if line.counts]
    table = table_of(template, section.bands)
    sums_to_fixed_steps = table is not None and table.measure == "value" and table.derived is None and section.aggregate == "sum"
    result = Score(status="unscored")
    if section.adds_up and any(line.scored for line in own):
        result, _ = _score(_terms(own), section.aggregate, None if sums_to_fixed_steps else table, waits=_waits(own))
    return GroupResult(
        group=group,
        asked=len(own),
        counted=len(counted),
        key=sum(1 for line in counted if line.key),
        open=sum(1 for line in own if line.is_open),
        not_applicable=sum(1 for line in own if line.state == "not_applicable"),
        points=_points(counted),
        maximum=_maximum(counted),
        score=result,
    )


def _points(counted: list[QuestionLine]) -> Fraction:
    scored = [line for line in counted if line.points is not None]
    return _weighed([line.weight for line in scored], [line.points for line in scored if line.points is not None])


def _maximum(counted: list[QuestionLine]) -> Fraction:
    scored = [line for line in counted if line.highest is not None]
    return _weighed([line.weight for line in scored], [line.highest for line in scored if line.highest is not None])


def _flagged(flag: Flag, lines: list[QuestionLine]) -> tuple[str, ...]:
    """Name the questions with an answer at or under the flag; an answer that could not be established is worth the least."""
    return tuple(line.question for line in lines if line.points is not None and line.points <= flag.at_most)


def _cap(template: Template, lines: list[QuestionLine], result: Score, bands: Bands) -> Score:
    cap = template.key_cap
    if cap is None or result.band is None or cap.band not in bands.names:
        return result
    held_by = tuple(line.question for line in lines if line.key and line.counts and line.points is not None and line.points <= cap.at_most)
    if not held_by or not bands.worse(cap.band, result.band):
        return result
    return _held(result, cap.band, held_by)


def _held(result: Score, band: str, held_by: tuple[str, ...]) -> Score:
    return replace(result, band=band, held_by=held_by)


def add_subject(
    template: Template, name: str, sections: tuple[SectionResult, ...], lines: tuple[QuestionLine, ...], *, approved: bool
) -> SubjectResult:
    """Add up one subject; its band is never better than the weakest of the sections that the template names."""
    rule = template.subjects[name]
    table = template.bands[rule.bands]
    own = [section for section in sections if section.subject == name and (section.score.percent is not None or section.score.interval)]
    if rule.combine == "questions":
        aggregate = next((section.aggregate for section in template.sections if section.subject == name and section.bands), "weighted_mean")
        chosen = {section.section for section in own}
        terms = _terms(line for line in lines if line.section in chosen)
    else:
        aggregate = "weighted_mean"
        terms = [_section_term(section) for section in own]
    within = {section.section for section in sections if section.subject == name}
    waits = _waits(line for line in lines if line.section in within)
    result, bands = _score(terms, aggregate, table, waits=waits)
    if rule.combine == "sections" and result.status == "incomplete" and own:
        result = replace(result, interval=_interval_over(own))
    if result.status == "complete" and bands is not None:
        gates = {section.section: section.score.band for section in own if section.section in rule.never_better_than and section.score.band}
        if gates and result.band is not None:
            weakest = bands.worst(list(gates.values()))
            if bands.worse(weakest, result.band):
                result = _held(result, weakest, tuple(section for section, band in gates.items() if band == weakest))
        if not approved:
            result = Score(status="needs_approval")
    return SubjectResult(subject=name, score=result)


def _section_term(section: SectionResult) -> _Term:
    return _Term(section.weight, section.score.percent, Fraction(0), HUNDRED, HUNDRED)


def _interval_over(sections: list[SectionResult]) -> tuple[Fraction, Fraction]:
    """Give the ends of a weighted mean over sections, each incomplete one bringing its own interval."""
    total = sum(section.weight for section in sections)
    low = sum((section.weight * _ends(section.score)[0] for section in sections), Fraction(0)) / total
    high = sum((section.weight * _ends(section.score)[1] for section in sections), Fraction(0)) / total
    return low, high


def _ends(score: Score) -> tuple[Fraction, Fraction]:
    if score.interval is not None:
        return score.interval
    percent = Fraction(0) if score.percent is None else score.percent
    return percent, percent
