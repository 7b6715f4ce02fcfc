"""What must hold together in a template before anybody answers it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from forms.checks.bands import check_bands, check_reach
from forms.checks.problem import Problem
from forms.checks.questions import check_questions
from forms.checks.rules import check_rules
from forms.template import SUBJECTS, Template
from forms.text import N_

_ID = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
_TEMPLATE_ID = re.compile(r"[a-z][a-z0-9-]*")
_VERSION = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9}){0,3}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_TEXT_FIELDS = ("text", "title", "guidance", "name", "purpose", "about", "method", "intro", "mitigation", "follows")


def check(template: Template) -> Iterator[Problem]:
    """Go through what does not hold, first things first; each stage rests on what the one before it has found in order."""
    for stage in (_head, _texts_of, _ids, _tables, _sizes, check_questions, check_reach, check_rules):
        problems = list(stage(template))
        yield from problems
        if problems:
            return


def _head(template: Template) -> Iterator[Problem]:
    if not _TEMPLATE_ID.fullmatch(template.id):
        yield Problem("id", N_("“{id}” is not an id: small letters, digits and hyphens"), {"id": template.id})
    if not _VERSION.fullmatch(template.version):
        yield Problem(
            "version", N_("“{version}” is not a version: numbers with dots between, such as “1.2”"), {"version": template.version}
        )
    if not template.languages or len(set(template.languages)) != len(template.languages):
        yield Problem("languages", N_("list each language once, at least one"))
    for place, language in enumerate(template.languages):
        if not _LANGUAGE.fullmatch(language):
            yield Problem(f"languages[{place}]", N_("“{language}” is not a language code such as “sv” or “en”"), {"language": language})
    if not template.scopes or len(set(template.scopes)) != len(template.scopes):
        yield Problem("scopes", N_("name at least one of light, standard, full, each once"))
    if not template.sections:
        yield Problem("sections", N_("a template needs at least one section"))
    share = template.not_applicable_share
    if share is not None and not 0 <= share <= 100:
        yield Problem("not_applicable_share", N_("a share is a whole percentage from 0 to 100"))
    for subject in template.subjects:
        if subject not in SUBJECTS:
            yield Problem(
                f"subjects.{subject}", N_("“{name}” is not a subject; known are {known}"), {"name": subject, "known": ", ".join(SUBJECTS)}
            )
    for name in ("required", "time"):
        for scope in getattr(template, name):
            if scope not in template.scopes:
                yield Problem(f"{name}.{scope}", N_("“{scope}” is not among the template’s “scopes”"), {"scope": scope})
    for scope, minutes in template.time.items():
        if not 1 <= minutes <= 10_000:
            yield Problem(f"time.{scope}", N_("give the time as whole minutes from 1"))


def _sizes(template: Template) -> Iterator[Problem]:
    """Hold what several choices can add up to within what can be gone through."""
    for s, section in enumerate(template.sections):
        for q, question in enumerate(section.questions):
            points = [option.points or 0 for option in question.options]
            if len(points) > 40 or any(abs(one) > 100 for one in points):
                yield Problem(f"sections[{s}].questions[{q}].options", N_("a question has at most 40 options, each of at most 100 points"))


def _tables(template: Template) -> Iterator[Problem]:
    for name, table in template.bands.items():
        yield from check_bands(table, f"bands.{name}")


def _texts_of(template: Template) -> Iterator[Problem]:
    yield from _texts(template, "", template.languages)


def _texts(value: object, path: str, languages: list[str]) -> Iterator[Problem]:
    """Find a text that lacks one of the template's languages, or has one that is not listed."""
    if isinstance(value, msgspec.Struct):
        for name, encoded in zip(value.__struct_fields__, value.__struct_encode_fields__, strict=True):
            part = getattr(value, name)
            here = f"{path}.{encoded}" if path else encoded
            if name in _TEXT_FIELDS and isinstance(part, dict):
                yield from _text(part, here, languages)
            elif name == "words":
                for key, text in part.items():
                    yield from _text(text, f"{here}.{key}", languages)
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
            yield Problem(f"{path}.{language}", N_("this language is not in the template’s “languages”"))


def _ids(template: Template) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    sections: list[tuple[str, str]] = []
    for s, section in enumerate(template.sections):
        sections.append((f"sections[{s}].id", section.id))
        for q, question in enumerate(section.questions):
            path = f"sections[{s}].questions[{q}]"
            yield from _unique(f"{path}.id", question.id, seen)
            for name in ("columns", "rows", "ratios"):
                inside: dict[str, str] = {}
                for place, part in enumerate(getattr(question, name)):
                    yield from _unique(f"{path}.{name}[{place}].id", part.id, inside)
    for named in (
        sections,
        *([(f"sections[{s}].groups[{g}].id", group.id) for g, group in enumerate(one.groups)] for s, one in enumerate(template.sections)),
        [(f"perspectives[{place}].id", one.id) for place, one in enumerate(template.perspectives)],
        [(f"stops[{place}].id", stop.id) for place, stop in enumerate(template.stops)],
        [(f"contradictions[{place}].id", one.id) for place, one in enumerate(template.contradictions)],
        [(f"risks[{place}].id", risk.id) for place, risk in enumerate(template.risks)],
        [
            (f"assurance.measures[{place}].id", one.id)
            for place, one in enumerate(template.assurance.measures if template.assurance else [])
        ],
    ):
        used: dict[str, str] = {}
        for path, id_ in named:
            yield from _unique(path, id_, used)


def _unique(path: str, id_: str, used: dict[str, str]) -> Iterator[Problem]:
    if not _ID.fullmatch(id_):
        yield Problem(path, N_("“{id}” is not an id: small letters, digits, dots between words"), {"id": id_})
    if id_ in used:
        yield Problem(path, N_("“{id}” is already used at {other}"), {"id": id_, "other": used[id_]})
    used.setdefault(id_, path)


__all__ = ["Problem", "check"]
