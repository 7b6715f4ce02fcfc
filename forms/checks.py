"""What must hold together in a template before anybody answers it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

import msgspec

from forms.asked_if import questions_named
from forms.kinds import KINDS, YES_PARTLY_NO, points_of
from forms.template import CAPACITY, RISK, BandTable, Condition, Question, Template
from forms.text import N_

_ID = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
_TEMPLATE_ID = re.compile(r"[a-z][a-z0-9-]*")
_STATES = ("open", "answered", "not_applicable", "dont_know", "not_established")


@dataclass(frozen=True)
class Problem:
    """One thing that does not hold, with its path in the file."""

    path: str
    message: str
    params: dict[str, object] = field(default_factory=dict)


def check(template: Template) -> Iterator[Problem]:
    """Go through everything that does not hold, first things first."""
    yield from _head(template)
    yield from _texts(template, "", template.languages)
    yield from _ids(template)
    for name, table in template.bands.items():
        yield from _bands(table, f"bands.{name}")
    yield from _questions(template)
    yield from _rules(template)


def _head(template: Template) -> Iterator[Problem]:
    if not _TEMPLATE_ID.fullmatch(template.id):
        yield Problem("id", N_("“{id}” is not an id: small letters, digits and hyphens"), {"id": template.id})
    if not template.languages or len(set(template.languages)) != len(template.languages):
        yield Problem("languages", N_("list each language once, at least one"))
    if not template.scopes:
        yield Problem("scopes", N_("name at least one of light, standard, full"))
    if not template.sections:
        yield Problem("sections", N_("a template needs at least one section"))


def _texts(value: object, path: str, languages: list[str]) -> Iterator[Problem]:
    """Find a text that lacks one of the template's languages, or has one that is not listed."""
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            encoded = dict(zip(value.__struct_fields__, value.__struct_encode_fields__, strict=True))[name]
            part = getattr(value, name)
            here = f"{path}.{encoded}" if path else encoded
            if name in ("text", "title", "guidance", "name", "purpose", "about", "method", "intro", "mitigation") and isinstance(
                part, dict
            ):
                yield from _text(part, here, languages)
            else:
                yield from _texts(part, here, languages)
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield from _texts(item, f"{path}[{place}]", languages)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, f"{path}.{key}", languages)


def _text(text: dict[str, str], path: str, languages: list[str]) -> Iterator[Problem]:
    for language in languages:
        if not text.get(language, "").strip():
            yield Problem(f"{path}.{language}", N_("the text is missing; every listed language needs one"))
    for language in text:
        if language not in languages:
            yield Problem(f"{path}.{language}", N_("this language is not in the template's “languages”"))


def _ids(template: Template) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    sections: set[str] = set()
    for s, section in enumerate(template.sections):
        if section.id in sections:
            yield Problem(f"sections[{s}].id", N_("“{id}” is already used by another section"), {"id": section.id})
        sections.add(section.id)
        for q, question in enumerate(section.questions):
            path = f"sections[{s}].questions[{q}].id"
            if not _ID.fullmatch(question.id):
                yield Problem(path, N_("“{id}” is not an id: small letters, digits, dots between words"), {"id": question.id})
            if question.id in seen:
                yield Problem(path, N_("“{id}” is already used at {other}"), {"id": question.id, "other": seen[question.id]})
            seen[question.id] = path
    for name in ("stops", "contradictions", "risks"):
        ids: set[str] = set()
        for place, item in enumerate(getattr(template, name)):
            if item.id in ids:
                yield Problem(f"{name}[{place}].id", N_("“{id}” is already used"), {"id": item.id})
            ids.add(item.id)


def _bands(table: BandTable, path: str) -> Iterator[Problem]:
    names = [step.band for step in table.steps] or (table.derived.bands if table.derived else [])
    better = list(reversed(RISK)) if table.direction == "higher_is_better" else list(RISK)
    worse = list(CAPACITY) if table.direction == "higher_is_better" else list(reversed(CAPACITY))
    if bool(table.steps) == (table.derived is not None):
        yield Problem(path, N_("give either steps or derived cut-offs"))
        return
    if names not in (better, worse):
        yield Problem(
            path, N_("the bands must be, from low values to high, {one} or {other}"), {"one": ", ".join(worse), "other": ", ".join(better)}
        )
    for place, step in enumerate(table.steps):
        here = f"{path}.steps[{place}]"
        if step.to <= step.from_:
            yield Problem(here, N_("“to” must be higher than “from”"))
        if place and step.from_ > table.steps[place - 1].to:
            yield Problem(f"{here}.from", N_("there is a gap: the band before ends at {end}"), {"end": table.steps[place - 1].to})
        if place and step.from_ < table.steps[place - 1].to:
            yield Problem(f"{here}.from", N_("there is an overlap: the band before ends at {end}"), {"end": table.steps[place - 1].to})
    if table.steps and table.measure == "percent" and (table.steps[0].from_, table.steps[-1].to) != (0, 100):
        yield Problem(f"{path}.steps", N_("percentages must be covered from 0 to 100"))
    if table.derived:
        yield from _shares(table.derived.shares, len(names), f"{path}.derived.shares")


def _shares(shares: list[str], bands: int, path: str) -> Iterator[Problem]:
    try:
        cuts = [Fraction(share) for share in shares]
    except (ValueError, ZeroDivisionError):
        yield Problem(path, N_("write each share as a fraction such as “15/100”"))
        return
    if len(cuts) != bands - 1 or sorted(set(cuts)) != cuts or not all(0 < cut < 1 for cut in cuts):
        yield Problem(path, N_("give {count} rising shares between 0 and 1"), {"count": bands - 1})


def _questions(template: Template) -> Iterator[Problem]:
    before: set[str] = set()
    known = {question.id for _, question in template.questions()}
    for s, section in enumerate(template.sections):
        if section.bands is not None and section.bands not in template.bands:
            yield Problem(f"sections[{s}].bands", N_("there is no band table “{name}”"), {"name": section.bands})
        if section.weight < 1:
            yield Problem(f"sections[{s}].weight", N_("a weight is a whole number from 1"))
        if not section.questions:
            yield Problem(f"sections[{s}].questions", N_("a section needs at least one question"))
        for q, question in enumerate(section.questions):
            path = f"sections[{s}].questions[{q}]"
            yield from _question(question, path)
            if question.asked_if is not None:
                yield from _condition(question.asked_if, f"{path}.asked_if", known)
                for named in questions_named(question.asked_if):
                    if named in known and named not in before:
                        yield Problem(
                            f"{path}.asked_if", N_("“{id}” is asked later; a question can only depend on earlier ones"), {"id": named}
                        )
            before.add(question.id)


def _question(question: Question, path: str) -> Iterator[Problem]:
    if question.kind not in KINDS:
        yield Problem(f"{path}.kind", N_("“{kind}” is not a kind; known are {known}"), {"kind": question.kind, "known": ", ".join(KINDS)})
        return
    if question.weight < 1:
        yield Problem(f"{path}.weight", N_("a weight is a whole number from 1"))
    if (question.kind == "level") != bool(question.levels):
        yield Problem(f"{path}.levels", N_("levels belong to questions of kind “level”, at least two"))
    if question.kind == "level" and len(question.levels) < 2:
        yield Problem(f"{path}.levels", N_("levels belong to questions of kind “level”, at least two"))
    keys = [level.key for level in question.levels]
    if keys != sorted(set(keys)) or any(not 0 <= key <= 9 for key in keys):
        yield Problem(f"{path}.levels", N_("level keys are single digits, each once, rising"))
    if (question.kind == "choice") != bool(question.options):
        yield Problem(f"{path}.options", N_("options belong to questions of kind “choice”"))
    ids = [option.id for option in question.options]
    if len(set(ids)) != len(ids):
        yield Problem(f"{path}.options", N_("each option needs an id of its own"))
    if question.points and (question.kind != "yes_partly_no" or set(question.points) != set(YES_PARTLY_NO)):
        yield Problem(f"{path}.points", N_("points are for yes, partly and no, all three"))
    worth = points_of(question)
    if worth is not None and len(worth) > 1 and len(set(worth.values())) < 2:
        yield Problem(path, N_("all answers are worth the same, so the question cannot tell anything apart"))
    if question.key and worth is None:
        yield Problem(f"{path}.key", N_("a key question must be scored"))


def _condition(condition: Condition, path: str, known: set[str]) -> Iterator[Problem]:
    forms = [condition.question, condition.fact, condition.all_, condition.any_, condition.not_]
    if sum(form is not None for form in forms) != 1:
        yield Problem(path, N_("a condition is one of question, fact, all, any, not"))
        return
    for name, parts in (("all", condition.all_), ("any", condition.any_), ("not", [condition.not_] if condition.not_ else None)):
        if parts is not None and not parts:
            yield Problem(f"{path}.{name}", N_("list at least one condition"))
        for place, part in enumerate(parts or []):
            yield from _condition(part, f"{path}.{name}[{place}]", known)
    tests = [condition.at_most, condition.at_least, condition.is_, condition.state]
    if condition.question is not None:
        if condition.question not in known:
            yield Problem(f"{path}.question", N_("there is no question “{id}”"), {"id": condition.question})
        if not any(test is not None for test in tests):
            yield Problem(path, N_("say what the answer must be: at_most, at_least, is or state"))
    if condition.fact is not None and condition.is_ is None:
        yield Problem(path, N_("say what the fact must be with “is”"))
    for state in condition.state or []:
        if state not in _STATES:
            yield Problem(f"{path}.state", N_("“{state}” is not a state; known are {known}"), {"state": state, "known": ", ".join(_STATES)})


def _rules(template: Template) -> Iterator[Problem]:
    known = {question.id for _, question in template.questions()}
    for name in ("stops", "contradictions", "risks"):
        for place, item in enumerate(getattr(template, name)):
            yield from _condition(item.when, f"{name}[{place}].when", known)
    sections = {section.id: section for section in template.sections}
    for subject, rule in template.subjects.items():
        if rule.bands not in template.bands:
            yield Problem(f"subjects.{subject}.bands", N_("there is no band table “{name}”"), {"name": rule.bands})
        for section in rule.never_better_than:
            if section not in sections or sections[section].subject != subject or sections[section].bands != rule.bands:
                yield Problem(
                    f"subjects.{subject}.never_better_than",
                    N_("“{id}” must be a section of this subject with the same bands"),
                    {"id": section},
                )
    matrix = template.risk_matrix
    if matrix is not None:
        if (
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
    if template.recommendation and not _is_catch_all(template):
        yield Problem(
            f"recommendation[{len(template.recommendation) - 1}]",
            N_("the last rule must hold for every result, so that there is always one"),
        )
    yield from _assurance(template)


def _rises(rows: list[list[str]]) -> bool:
    grid = [[RISK.index(cell) for cell in row] for row in rows]
    across = all(row[i] <= row[i + 1] for row in grid for i in range(4))
    return across and all(grid[i][j] <= grid[i + 1][j] for i in range(4) for j in range(5))


def _is_catch_all(template: Template) -> bool:
    last = template.recommendation[-1]
    return last.stops is None and last.gaps_at_least is None and last.key_gaps_at_least is None and not last.bands and last.scope is None


def _assurance(template: Template) -> Iterator[Problem]:
    table = template.assurance
    if table is None:
        return
    if table.subject not in template.subjects:
        yield Problem("assurance.subject", N_("there is no rule for the subject “{name}”"), {"name": table.subject})
    limits = [row.up_to for row in table.rows]
    if not limits or limits[-1] is not None or None in limits[:-1] or sorted(limits[:-1], key=lambda limit: limit or 0) != limits[:-1]:
        yield Problem("assurance.rows", N_("rows rise by “up_to”, and the last has none"))
    for place, row in enumerate(table.rows):
        for band, counts in row.counts.items():
            if len(counts) != len(table.measures) or any(count < 0 for count in counts):
                yield Problem(f"assurance.rows[{place}].counts.{band}", N_("give one count from 0 for each measure"))
        if table.unassessed not in row.counts:
            yield Problem(
                f"assurance.rows[{place}].counts", N_("the column for the unassessed, “{name}”, is missing"), {"name": table.unassessed}
            )
        elif row.counts[table.unassessed] and row.counts[table.unassessed][0] == 0:
            yield Problem(f"assurance.rows[{place}].counts.{table.unassessed}", N_("what is not assessed is never followed up zero times"))
