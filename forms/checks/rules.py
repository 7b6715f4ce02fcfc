"""Checks of what is concluded from answers: subjects, caps, stops, risks, recommendation, assurance."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from forms.checks.conditions import check_condition
from forms.checks.problem import Problem
from forms.money import is_currency
from forms.result import Status
from forms.template import RISK, AssuranceTable, RecommendationRule, SubjectRule, Template
from forms.text import N_


def check_rules(template: Template) -> Iterator[Problem]:
    """Check every rule over answers and results."""
    yield from _conditions(template)
    for subject, rule in template.subjects.items():
        yield from _subject(template, subject, rule)
    yield from _keys(template)
    yield from _risks(template)
    yield from _recommendation(template)
    yield from _judged(template)
    yield from _perspectives(template)
    if template.assurance is not None:
        yield from _assurance(template, template.assurance)


def _conditions(template: Template) -> Iterator[Problem]:
    known = {question.id: question for _, question in template.questions()}
    for name in ("stops", "contradictions", "risks"):
        for place, item in enumerate(getattr(template, name)):
            yield from check_condition(item.when, f"{name}[{place}].when", known)


def _subject(template: Template, subject: str, rule: SubjectRule) -> Iterator[Problem]:
    path = f"subjects.{subject}"
    table = template.bands.get(rule.bands)
    if table is None:
        yield Problem(f"{path}.bands", N_("there is no band table “{name}”"), {"name": rule.bands})
        return
    own = {section.id: section for section in template.sections if section.subject == subject}
    for place, section in enumerate(rule.never_better_than):
        if section not in own or own[section].bands != rule.bands:
            yield Problem(
                f"{path}.never_better_than[{place}]", N_("“{id}” must be a section of this subject with the same bands"), {"id": section}
            )
    banded = [section for section in own.values() if section.bands is not None]
    if not banded:
        yield Problem(path, N_("no section of this subject has bands, so it could never be rated"))
    if rule.combine == "sections" and table.measure != "percent":
        yield Problem(f"{path}.bands", N_("sections add up to a percentage; “{name}” is a table of values"), {"name": rule.bands})
    if any(template.bands[section.bands].direction != table.direction for section in banded if section.bands):
        yield Problem(f"{path}.bands", N_("“{name}” runs the other way than the bands of its sections"), {"name": rule.bands})
    if rule.combine == "questions" and len({section.aggregate for section in banded}) > 1:
        yield Problem(f"{path}.combine", N_("sections that add up question by question must all use the same “aggregate”"))
    if rule.combine == "questions" and table.measure == "value" and table.steps and len(banded) > 1:
        yield Problem(f"{path}.bands", N_("questions of several sections add up to a percentage or derived cut-offs, not to fixed values"))


def _keys(template: Template) -> Iterator[Problem]:
    cap = template.key_cap
    if cap is not None and not any(cap.band in table.names for table in template.bands.values()):
        yield Problem("key_cap.band", N_("“{band}” is not a band of this template"), {"band": cap.band})
    for points in template.key_points:
        if not points.removeprefix("-").isdecimal():
            yield Problem(f"key_points.{points}", N_("write the ordinary points as a whole number in quotes"))
    if template.key_points and (cap is not None or template.required or any(question.required for _, question in template.questions())):
        yield Problem("key_points", N_("a template with points of their own for key questions cannot have a cap or required levels"))


def _risks(template: Template) -> Iterator[Problem]:
    matrix = template.risk_matrix
    if matrix is None:
        if template.risks:
            yield Problem("risk_matrix", N_("proposed risks need a matrix to be rated by"))
    elif (
        len(matrix.rows) != 5
        or any(len(row) != 5 or any(cell not in RISK for cell in row) for row in matrix.rows)
        or matrix.people_floor not in RISK
    ):
        yield Problem("risk_matrix.rows", N_("the matrix has five rows of five ratings: {known}"), {"known": ", ".join(RISK)})
    elif not _rises(matrix.rows):
        yield Problem("risk_matrix.rows", N_("a rating may never fall when likelihood or impact rises"))
    for place, risk in enumerate(template.risks):
        if not (1 <= risk.likelihood <= 5 and 1 <= risk.impact <= 5):
            yield Problem(f"risks[{place}]", N_("likelihood and impact are each from 1 to 5"))


def _rises(rows: list[list[str]]) -> bool:
    grid = [[RISK.index(cell) for cell in row] for row in rows]
    across = all(row[i] <= row[i + 1] for row in grid for i in range(4))
    return across and all(grid[i][j] <= grid[i + 1][j] for i in range(4) for j in range(5))


def _recommendation(template: Template) -> Iterator[Problem]:
    known = sorted({band for table in template.bands.values() for band in table.names} | set(get_args(Status)))
    rules = template.recommendation
    for place, rule in enumerate(rules):
        path = f"recommendation[{place}]"
        for band in rule.bands:
            if band not in known:
                yield Problem(
                    f"{path}.bands", N_("“{value}” can never be; possible are {known}"), {"value": band, "known": ", ".join(known)}
                )
        if rule.subject is not None and rule.bands and rule.subject not in template.subjects:
            yield Problem(f"{path}.subject", N_("there is no rule for the subject “{name}”"), {"name": rule.subject})
        last = place == len(rules) - 1
        if last and not _holds_always(rule):
            yield Problem(path, N_("the last rule must hold for every result, so that there is always one"))
        if not last and _holds_always(rule):
            yield Problem(path, N_("this rule holds for every result, so those after it never would; put it last"))


def _judged(template: Template) -> Iterator[Problem]:
    rule = template.judged
    if rule is None:
        return
    if rule.areas == "subjects" and not template.subjects:
        yield Problem("judged.areas", N_("this template rates no subject, so none can be judged beside it"))
    if rule.areas == "sections" and all(section.bands is None for section in template.sections):
        yield Problem("judged.areas", N_("no section has bands, so none can be judged by them"))
    if rule.overall and len(template.subjects) != 1:
        yield Problem("judged.overall", N_("the whole can be judged where one subject is rated, and only there"))


def _perspectives(template: Template) -> Iterator[Problem]:
    known = {question.id for _, question in template.questions()}
    for place, perspective in enumerate(template.perspectives):
        path = f"perspectives[{place}].questions"
        if not perspective.questions or len(set(perspective.questions)) != len(perspective.questions):
            yield Problem(path, N_("name at least one question, each once"))
        for q, question in enumerate(perspective.questions):
            if question not in known:
                yield Problem(f"{path}[{q}]", N_("there is no question “{id}”"), {"id": question})


def _holds_always(rule: RecommendationRule) -> bool:
    return rule.stops is None and not rule.gaps_at_least and not rule.key_gaps_at_least and not rule.bands and rule.scope is None


def _assurance(template: Template, table: AssuranceTable) -> Iterator[Problem]:
    rule = template.subjects.get(table.subject)
    if rule is None:
        yield Problem("assurance.subject", N_("there is no rule for the subject “{name}”"), {"name": table.subject})
        return
    if rule.bands not in template.bands:
        return
    columns = {*template.bands[rule.bands].names, table.unassessed}
    if not is_currency(table.currency):
        yield Problem("assurance.currency", N_("write a currency code of three capital letters, such as “SEK”"))
    if not table.measures:
        yield Problem("assurance.measures", N_("name at least one thing that is done"))
    yield from _limits(table)
    for place, row in enumerate(table.rows):
        path = f"assurance.rows[{place}].counts"
        for missing in sorted(columns - set(row.counts)):
            yield Problem(path, N_("the column “{name}” is missing"), {"name": missing})
        for band, counts in row.counts.items():
            if band not in columns:
                yield Problem(
                    f"{path}.{band}",
                    N_("“{value}” can never be; possible are {known}"),
                    {"value": band, "known": ", ".join(sorted(columns))},
                )
            if len(counts) != len(table.measures) or any(count < 0 for count in counts):
                yield Problem(f"{path}.{band}", N_("give one count from 0 for each measure"))
        if not any(row.counts.get(table.unassessed, [])):
            yield Problem(f"{path}.{table.unassessed}", N_("what is not assessed is never followed up zero times"))


def _limits(table: AssuranceTable) -> Iterator[Problem]:
    limits = [row.up_to for row in table.rows]
    rising = [limit for limit in limits if limit is not None]
    if (
        not limits
        or limits[-1] is not None
        or len(rising) != len(limits) - 1
        or sorted(set(rising)) != rising
        or any(n < 0 for n in rising)
    ):
        yield Problem("assurance.rows", N_("rows rise by “up_to”, and the last has none"))
