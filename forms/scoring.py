"""Scoring: template, answers and case in, Result out. Pure and exact (rules 1)."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from forms.adding import add_section, add_subject, table_of
from forms.answers import Answer, AnswerSet
from forms.asked_if import Lookup, holds, questions_named
from forms.kinds import points_of
from forms.recommendation import assurance_plan, propose
from forms.result import (
    Case,
    Clash,
    Completeness,
    Gap,
    ProposedRisk,
    QuestionLine,
    Result,
    Status,
    Stop,
)
from forms.risk import rate
from forms.template import SUBJECTS, Condition, Question, Section, Template


def score(template: Template, answers: AnswerSet, case: Case) -> Result:
    """Add up one instrument.

    There is no band while any question that is asked is open; *not applicable* is as if the question were not in the template;
    *could not be established* counts as the lowest level.
    """
    lookup = lookup_in(template, answers)
    asked = [(section, question) for section, question in template.questions() if is_asked(question, lookup, case)]
    lines = tuple(_line(template, section, question, lookup(question.id)[1], case) for section, question in asked)
    sections = tuple(
        add_section(template, section, [line for line in lines if line.section == section.id]) for section in template.sections
    )
    share = _not_applicable_share(lines)
    limit = template.not_applicable_share
    approved = limit is None or share * 100 <= limit or case.facts.get("not_applicable_approved") == "yes"
    subjects = tuple(add_subject(template, name, sections, lines, approved=approved) for name in SUBJECTS if name in template.subjects)
    gaps = tuple(_gap(template, line) for line in lines if line.is_gap)
    with_requirement = [line for line in lines if line.counts and line.required is not None]
    stops = tuple(
        Stop(stop.id, stop.waivable, stop.subject, _because(stop.when, lookup, case))
        for stop in template.stops
        if holds(stop.when, lookup, case)
    )
    completeness = _completeness(lines)
    by_subject = {subject.subject: subject.score for subject in subjects}
    return Result(
        rules=template.rules,
        template=template.hash,
        scope=case.scope,
        lines=lines,
        sections=sections,
        subjects=subjects,
        gaps=gaps,
        required=len(with_requirement),
        required_key=sum(1 for line in with_requirement if line.key),
        stops=stops,
        clashes=tuple(Clash(one.id, _because(one.when, lookup, case)) for one in template.contradictions if holds(one.when, lookup, case)),
        risks=tuple(_risks(template, lookup, case)),
        completeness=completeness,
        not_applicable_share=share,
        proposal=propose(template, by_subject, gaps, stops, case) if completeness.open == 0 else None,
        assurance=assurance_plan(template, by_subject, case),
    )


def lookup_in(template: Template, answers: AnswerSet) -> Lookup:
    """Give what conditions look questions up with."""
    by_id = {question.id: question for _, question in template.questions()}
    return lambda question_id: (by_id[question_id], answers.of(template.id, question_id))


def is_asked(question: Question, lookup: Lookup, case: Case) -> bool:
    """Say whether a question is asked in this scope with the answers given so far."""
    if question.scopes and case.scope not in question.scopes:
        return False
    return question.asked_if is None or holds(question.asked_if, lookup, case)


def _line(template: Template, section: Section, question: Question, answer: Answer | None, case: Case) -> QuestionLine:
    worth = points_of(question)
    state = answer.state if answer else "open"
    points: Fraction | None = None
    lowest = highest = None
    if worth is not None:
        weighed = {key: Fraction(_keyed(template, question, value)) for key, value in worth.items()}
        lowest, highest = min(weighed.values()), max(weighed.values())
        if answer is not None and answer.state == "answered":
            points = weighed.get(str(answer.value))
        elif state == "not_established":
            points = _worst_points(template, section, lowest, highest)
    counts = points is not None
    why = "" if counts else "not_scored" if worth is None else "not_applicable" if state == "not_applicable" else "open"
    if worth is not None and state == "answered" and points is None:
        why = "not_scored"
    return QuestionLine(
        question=question.id,
        section=section.id,
        state=state,
        key=question.key,
        weight=question.weight,
        optional=question.optional,
        scored=worth is not None,
        counts=counts,
        why=why,
        points=points,
        lowest=lowest,
        highest=highest,
        highest_ordinary=Fraction(max(worth.values())) if worth is not None else None,
        required=_required(template, question, case) if worth is not None else None,
        known=answer.known if answer else None,
    )


def _keyed(template: Template, question: Question, points: int) -> int:
    return template.key_points.get(str(points), points) if question.key else points


def _worst_points(template: Template, section: Section, lowest: Fraction, highest: Fraction) -> Fraction:
    table = table_of(template, section.bands)
    return highest if table is not None and table.direction == "higher_is_worse" else lowest


def _required(template: Template, question: Question, case: Case) -> int | None:
    if question.required is not None:
        return question.required
    rule = template.required.get(case.scope)
    if rule is None or not question.levels:
        return None
    return rule.key if question.key else rule.ordinary


def _gap(template: Template, line: QuestionLine) -> Gap:
    section = template.section_of(line.question)
    if line.points is None or line.required is None:
        raise AssertionError("a gap has points and a requirement")
    return Gap(line.question, line.section, section.subject, line.key, line.points, line.required)


def _because(condition: Condition, lookup: Lookup, case: Case) -> tuple[str, ...]:
    """Name the questions that a condition holds because of, each once, in the order the condition names them."""
    if condition.any_ is not None:
        parts = [part for part in condition.any_ if holds(part, lookup, case)]
        return tuple(dict.fromkeys(question for part in parts for question in _because(part, lookup, case)))
    if condition.all_ is not None:
        return tuple(dict.fromkeys(question for part in condition.all_ for question in _because(part, lookup, case)))
    return tuple(dict.fromkeys(questions_named(condition)))


def _risks(template: Template, lookup: Lookup, case: Case) -> Iterable[ProposedRisk]:
    if template.risk_matrix is None:
        return
    for risk in template.risks:
        if holds(risk.when, lookup, case):
            rating = rate(template.risk_matrix, likelihood=risk.likelihood, impact=risk.impact, on_people=risk.on_people)
            yield ProposedRisk(
                risk.id, risk.subject, risk.likelihood, risk.impact, risk.on_people, rating, _because(risk.when, lookup, case)
            )


def _not_applicable_share(lines: tuple[QuestionLine, ...]) -> Fraction:
    scored = [line for line in lines if line.scored]
    return Fraction(sum(1 for line in scored if line.state == "not_applicable"), len(scored)) if scored else Fraction(0)


def _completeness(lines: tuple[QuestionLine, ...]) -> Completeness:
    needed = [line for line in lines if not line.optional]

    def count(state: str) -> int:
        return sum(1 for line in needed if line.state == state)

    def known(how: str) -> int:
        return sum(1 for line in needed if line.state == "answered" and line.known == how)

    return Completeness(
        asked=len(needed),
        answered=sum(1 for line in needed if not line.is_open),
        open=sum(1 for line in needed if line.is_open),
        dont_know=count("dont_know"),
        not_applicable=count("not_applicable"),
        not_established=count("not_established"),
        said=known("said"),
        seen=known("seen"),
        verified=known("verified"),
        optional_open=sum(1 for line in lines if line.optional and line.is_open),
    )


__all__ = ["Status", "is_asked", "lookup_in", "score"]
