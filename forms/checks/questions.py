"""Checks of questions."""

from __future__ import annotations

from collections.abc import Iterator

from forms.asked_if import questions_named
from forms.checks.conditions import check_condition
from forms.checks.links import check_links
from forms.checks.problem import Problem
from forms.checks.sections import check_section
from forms.checks.tables import check_table_question
from forms.kinds import KINDS, YES_PARTLY_NO, attainable, points_of
from forms.template import Question, Section, Template
from forms.text import N_


def check_questions(template: Template) -> Iterator[Problem]:
    """Check every section and question, in the order they are asked."""
    known = {question.id: question for _, question in template.questions() if question.kind in KINDS}
    before: set[str] = set()
    for s, section in enumerate(template.sections):
        yield from check_section(template, section, f"sections[{s}]")
        for q, question in enumerate(section.questions):
            path = f"sections[{s}].questions[{q}]"
            if question.kind not in KINDS:
                yield Problem(
                    f"{path}.kind", N_("“{kind}” is not a kind; known are {known}"), {"kind": question.kind, "known": ", ".join(KINDS)}
                )
                continue
            yield from _question(question, path)
            yield from check_table_question(question, path)
            yield from check_links(question, path)
            yield from _worth(template, section, question, path)
            for scope in question.scopes:
                if scope not in template.scopes:
                    yield Problem(f"{path}.scopes", N_("“{scope}” is not among the template’s “scopes”"), {"scope": scope})
            if question.asked_if is not None:
                yield from check_condition(question.asked_if, f"{path}.asked_if", known)
                for named in dict.fromkeys(questions_named(question.asked_if)):
                    if named in known and named not in before:
                        yield Problem(
                            f"{path}.asked_if",
                            N_("“{id}” is not asked earlier; a question can only depend on what is asked before it"),
                            {"id": named},
                        )
            before.add(question.id)


def _question(question: Question, path: str) -> Iterator[Problem]:
    if question.weight < 1:
        yield Problem(f"{path}.weight", N_("a weight is a whole number from 1"))
    if question.kind == "level":
        if len(question.levels) < 2:
            yield Problem(f"{path}.levels", N_("a question of kind “level” needs at least two levels"))
    elif question.levels:
        yield Problem(f"{path}.levels", N_("levels belong to questions of kind “level”"))
    keys = [level.key for level in question.levels]
    if keys != sorted(set(keys)) or any(not 0 <= key <= 9 for key in keys):
        yield Problem(f"{path}.levels", N_("level keys are single digits, each once, rising"))
    if question.kind in ("choice", "choices"):
        if len(question.options) < 2:
            yield Problem(f"{path}.options", N_("a question of kind “{kind}” needs at least two options"), {"kind": question.kind})
    elif question.options:
        yield Problem(f"{path}.options", N_("options belong to questions of kind “choice” and “choices”"))
    ids = [option.id for option in question.options]
    if len(set(ids)) != len(ids) or "" in ids:
        yield Problem(f"{path}.options", N_("each option needs an id of its own"))
    if question.points and (question.kind != "yes_partly_no" or set(question.points) != set(YES_PARTLY_NO)):
        yield Problem(f"{path}.points", N_("points are for yes, partly and no, all three"))
    ends = (question.minimum, question.maximum)
    if question.kind == "choices" and question.minimum is not None:
        yield Problem(f"{path}.minimum", N_("several choices have no “minimum”; “maximum” is the most points they can add up to"))
    if question.kind == "choices" and question.maximum is not None and points_of(question) is None:
        yield Problem(f"{path}.maximum", N_("“maximum” is the most points that several choices add up to; these have none"))
    if ends != (None, None) and question.kind not in ("integer", "percent", "choices", "table"):
        yield Problem(path, N_("“minimum” and “maximum” belong to whole numbers, percentages, several choices and tables"))
    if question.minimum is not None and question.maximum is not None and question.minimum > question.maximum:
        yield Problem(f"{path}.maximum", N_("“maximum” is below “minimum”"))
    evidence = question.evidence
    if evidence is not None:
        ages = [age for age in (evidence.months, evidence.days) if age is not None]
        if len(ages) > 1 or any(age < 1 for age in ages):
            yield Problem(f"{path}.evidence", N_("the age of evidence is a number of months or of days, from 1"))


def _worth(template: Template, section: Section, question: Question, path: str) -> Iterator[Problem]:
    worth = points_of(question)
    if worth is None:
        if question.key:
            yield Problem(f"{path}.key", N_("a key question must be scored"))
        if question.required is not None:
            yield Problem(f"{path}.required", N_("only what is scored can have a required level"))
        return
    if question.optional:
        yield Problem(f"{path}.optional", N_("what is scored must be answered; write “scored: false” or leave “optional” out"))
    if question.options and len(worth) != len(question.options):
        yield Problem(f"{path}.options", N_("give points to every option or to none; use “not applicable” for what does not count"))
    rising = list(attainable(question) or ())
    if len(rising) < 2:
        yield Problem(path, N_("all answers are worth the same, so the question cannot tell anything apart"))
    if question.required is not None and not rising[0] < question.required <= rising[-1]:
        yield Problem(f"{path}.required", N_("a required level lies above the lowest and is one that can be reached"))
    keyed = [template.points(question, points) for points in rising]
    if keyed != sorted(set(keyed)):
        yield Problem("key_points", N_("points for key questions must rise as the ordinary ones do (see {id})"), {"id": question.id})
    if question.weight != 1 and section.aggregate in ("mean", "worst"):
        yield Problem(f"{path}.weight", N_("“{aggregate}” has no weights; use “weighted_mean”"), {"aggregate": section.aggregate})
    if not section.adds_up and section.subject in template.subjects:
        yield Problem(
            path, N_("this is scored but its section has no “bands”, so it would count for nothing; name a table or write “scored: false”")
        )
