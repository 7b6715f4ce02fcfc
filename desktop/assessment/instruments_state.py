"""The instruments of an assessment as they are shown: those in use, what a newer version would do, and what can be added."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.assessment.wording import figure
from desktop.language import Language
from desktop.operations.instruments import InstrumentChoices, Newer
from desktop.words import SCOPES, word
from forms.heads import Head
from forms.template import Template
from forms.text import in_language
from models.cards import AssessmentFile


@dataclass(frozen=True)
class UsedInstrument:
    """An instrument in use; ``can_go`` when it was added and has nothing in it yet."""

    id: str
    title: str
    about: str
    can_go: bool


@dataclass(frozen=True)
class NewerVersion:
    """A newer version of an instrument in use: in one sentence what going over does, and its questions part by part."""

    id: str
    title: str
    said: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    newer: Newer


@dataclass(frozen=True)
class OfferedInstrument:
    """An instrument that can be added, with the scopes it has."""

    id: str
    title: str
    about: str
    scopes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class InstrumentsState:
    """Everything about the instruments of one assessment. ``notice`` says that there is a newer version; empty when there is none."""

    used: tuple[UsedInstrument, ...]
    newer: tuple[NewerVersion, ...]
    offered: tuple[OfferedInstrument, ...]
    notice: str


def instruments_state(file: AssessmentFile, choices: InstrumentChoices, language: Language) -> InstrumentsState:
    """Word the instruments."""
    newer = tuple(_newer(file, one, language) for one in choices.newer)
    return InstrumentsState(
        used=tuple(_used(seen, choices, language) for seen in file.each()),
        newer=newer,
        offered=tuple(_offered(head, language) for head in choices.offered),
        notice=language.text("There is a newer version of {instruments}.", instruments=[one.title for one in newer]) if newer else "",
    )


def _used(file: AssessmentFile, choices: InstrumentChoices, language: Language) -> UsedInstrument:
    done = file.result.completeness
    about = [
        language.text("version {version}", version=file.template.version),
        word(SCOPES, file.scope, language),
        language.text("{answered} of {asked} answered", answered=done.answered, asked=done.asked),
    ]
    if file.is_main and len(file.instruments) > 1:
        about.insert(0, language.text("main instrument"))
    id_ = file.template.id
    return UsedInstrument(id_, in_language(file.template.name, language.code), " · ".join(about), id_ in choices.removable)


def _newer(file: AssessmentFile, newer: Newer, language: Language) -> NewerVersion:
    seen, plan, template = file.seen_as(newer.template.id), newer.plan, newer.template
    said = language.text(
        "Going over to version {version}: {kept} answers stay, {replaced} go over to a question that replaces theirs, "
        "{dropped} cannot be kept, {new} questions are new.",
        version=template.version,
        kept=len(plan.kept),
        replaced=len(plan.replaced),
        dropped=len(plan.dropped),
        new=len(plan.new),
    )
    parts = (
        (language.text("Answers that cannot be kept; they stay in the history"), _questions(seen.template, plan.dropped, language)),
        (language.text("Answers that go over"), _questions(template, [new for _, new in plan.replaced], language)),
        (language.text("New questions"), _questions(template, plan.new, language)),
    )
    return NewerVersion(
        id=template.id,
        title=f"{in_language(template.name, language.code)} {template.version}",
        said=said,
        parts=tuple((title, questions) for title, questions in parts if questions),
        newer=newer,
    )


def _questions(template: Template, ids: Iterable[str], language: Language) -> tuple[str, ...]:
    return tuple(in_language(template.question(one).text, language.code) for one in ids)


def _offered(head: Head, language: Language) -> OfferedInstrument:
    about = in_language(head.purpose, language.code)
    times = [head.time[scope] for scope in head.scopes if scope in head.time]
    if times:
        shortest, longest = figure(min(times), language), figure(max(times), language)
        span = shortest if shortest == longest else f"{shortest}–{longest}"
        about = f"{about} {language.text('About {n} minutes.', n=span)}"
    scopes = tuple((str(scope), word(SCOPES, scope, language)) for scope in head.scopes)
    return OfferedInstrument(head.id, in_language(head.name, language.code), about, scopes)
