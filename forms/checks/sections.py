"""Checks of sections: what they add up to, their headings, and what is flagged in them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from forms.checks.problem import Problem
from forms.template import Section, Template
from forms.text import N_


def check_section(template: Template, section: Section, path: str) -> Iterator[Problem]:
    """Check a section by itself."""
    if section.bands is not None and section.bands not in template.bands:
        yield Problem(f"{path}.bands", N_("there is no band table “{name}”"), {"name": section.bands})
    if section.weight < 1:
        yield Problem(f"{path}.weight", N_("a weight is a whole number from 1"))
    if not section.questions:
        yield Problem(f"{path}.questions", N_("a section needs at least one question"))
    if section.value_only and section.bands is not None:
        yield Problem(f"{path}.value_only", N_("a section has bands or a value only; leave one of “bands” and “value_only” out"))
    if section.value_only and section.subject in template.subjects:
        yield Problem(
            f"{path}.value_only",
            N_("“{subject}” is rated by bands, so a section of it cannot have a value only"),
            {"subject": section.subject},
        )
    if section.flag is not None and not section.value_only:
        yield Problem(f"{path}.flag", N_("a flag stands beside a value without a band: write “value_only: true”"))
    yield from _groups(section, path)


def _groups(section: Section, path: str) -> Iterator[Problem]:
    groups = {group.id for group in section.groups}
    for q, question in enumerate(section.questions):
        if question.group is not None and question.group not in groups:
            yield Problem(f"{path}.questions[{q}].group", N_("this section has no group “{name}”"), {"name": question.group})
    runs = [group for group, _ in groupby(question.group for question in section.questions) if group is not None]
    for g, group in enumerate(section.groups):
        if group.id not in runs:
            yield Problem(f"{path}.groups[{g}]", N_("no question of this section is in the group “{name}”"), {"name": group.id})
        elif runs.count(group.id) > 1:
            yield Problem(f"{path}.groups[{g}]", N_("the questions of the group “{name}” do not stand together"), {"name": group.id})
