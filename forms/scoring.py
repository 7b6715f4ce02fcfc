"""Scoring: template, answers and case in, Result out. Pure and exact (rules 1)."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from forms.adding import add_section, add_subject, table_of
from forms.answers import AnswerSet, check_answer
from forms.asked_if import Lookup, Standing, holds, questions_named
from forms.errors import ScoringError
from forms.kinds import attainable, worth_of
from forms.recommendation import assurance_plan, propose
from forms.result import Case, Clash, Completeness, Gap, ProposedRisk, QuestionLine, Result, Stop
from forms.risk import rate
from forms.template import SUBJECTS, Condition, Question, Section, Template
from forms.text import N_


def score(template: Template, answers: AnswerSet, case: Case) -> Result:
    """Add up one instrument.

    There is no band while any question that is asked is open; *not applicable* is as if the question were not in the template;
    *could not be established* counts as the lowest level. Answers to questions that are not asked are kept and have no effect.
    Raises ``ScoringError`` for a scope that the template does not have and for an answer that its question does not allow.
    """
    if case.scope not in template.scopes:
        raise ScoringError(
            N_("The template “{id}” has no scope “{scope}”. Nothing was scored; choose one of {known}."),
            id=template.id,
            scope=case.scope,
            known=", ".join(template.scopes),
        )
    lookup = lookup_in(template, answers, case)
    standings = [(section, lookup(question.id)) for section, question in template.questions()]
    lines = tuple(_line(template, section, standing, case) for section, standing in standings if standing is not None)
    sections = tuple(
        add_section(template, section, [line for line in lines if line.section == section.id]) for section in template.sections
    )
    share = _not_applicable_share(lines)
    limit = template.not_applicable_share
    approved = limit is None or share * 100 <= limit or case.facts.get("not_applicable_approved") == "yes"
    subjects = tuple(add_subject(template, name, sections, lines, approved=approved) for name in SUBJECTS if name in template.subjects)
    gaps = tuple(_gaps(template, lines))
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


def lookup_in(template: Template, answers: AnswerSet, case: Case) -> Lookup:
    """Give what conditions look questions up with: a question that is not asked hides the answer that it keeps.

    Questions are gone through in order, each seeing only those before it, so a chain of ``asked_if`` closes from its first link.
    Raises ``ScoringError`` for an answer that its question does not allow.
    """
    standings: dict[str, Standing | None] = {}
    for section, question in template.questions():
        if not is_asked(question, standings.__getitem__, case):
            standings[question.id] = None
            continue
        answer = answers.of(template.id, question.id)
        if answer is not None:
            check_answer(question, answer)
        standings[question.id] = Standing(question, answer, _worst(template, section, question))
    return standings.__getitem__


def is_asked(question: Question, lookup: Lookup, case: Case) -> bool:
    """Say whether a question is asked in this scope with the answers given so far."""
    if question.scopes and case.scope not in question.scopes:
        return False
    return question.asked_if is None or holds(question.asked_if, lookup, case)


def _line(template: Template, section: Section, standing: Standing, case: Case) -> QuestionLine:
    question, answer = standing.question, standing.answer
    worth = attainable(question)
    state = answer.state if answer else "open"
    points: Fraction | None = None
    lowest = highest = highest_ordinary = None
    if worth is not None:
        weighed = [template.points(question, one) for one in worth]
        lowest, highest, highest_ordinary = (Fraction(n) for n in (min(weighed), max(weighed), max(worth)))
        given = worth_of(question, answer.value) if answer is not None and answer.state == "answered" else None
        if given is not None:
            points = Fraction(template.points(question, given))
        elif state == "not_established" and standing.worst is not None:
            points = Fraction(template.points(question, standing.worst))
    counts = points is not None
    why = "" if counts else "not_scored" if worth is None else "not_applicable" if state == "not_applicable" else "open"
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
        highest_ordinary=highest_ordinary,
        required=_required(template, question, case) if worth is not None else None,
        known=answer.known if answer else None,
    )


def _worst(template: Template, section: Section, question: Question) -> int | None:
    """Give the points of the worst answer: the fewest, or the most where more points are worse."""
    worth = attainable(question)
    if worth is None:
        return None
    table = table_of(template, section.bands)
    return max(worth) if table is not None and table.direction == "higher_is_worse" else min(worth)


def _required(template: Template, question: Question, case: Case) -> int | None:
    if question.required is not None:
        return question.required
    rule = template.required.get(case.scope)
    if rule is None or not question.levels:
        return None
    return rule.key if question.key else rule.ordinary


def _gaps(template: Template, lines: Iterable[QuestionLine]) -> Iterable[Gap]:
    subject_of = {section.id: section.subject for section in template.sections}
    for line in lines:
        if line.points is not None and line.required is not None and line.is_gap:
            yield Gap(line.question, line.section, subject_of[line.section], line.key, line.points, line.required)


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
