"""What can be chosen for a new assessment, in words, and what is wrong with what is chosen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from desktop.assessments.starting import (
    Choices,
    Typed,
    chosen_project,
    needs_project,
    previous_ones,
    rate_currencies,
    rate_of,
    roles_of,
    scope_of,
)
from desktop.assessments.state import latest_sealed
from desktop.language import Language
from desktop.scope_words import proposal_words
from desktop.template_words import language_name, time_needed
from desktop.words import KINDS, SCOPES, word
from forms.heads import Head
from forms.scope_rule import Circumstances, ScopeProposal, propose
from forms.text import N_, in_language
from models.cards import AssessmentCard, PartnerPage
from models.casefile import yearly_amount

_KINDS_SAID = {
    "new": N_("A new assessment starts from empty questions. What was answered last time is not shown."),
    "renewal": N_(
        "A renewal shows last time’s answer to each question. You confirm it with one key or change it; nothing counts until you "
        "do, and a key question is confirmed only with fresh evidence or a sentence."
    ),
    "rapid": N_(
        "Only in a disaster or another urgent need: a light assessment with a cap, a period and a named decider. A fuller assessment must "
        "complete it by a set day; after that day nothing more may be paid without it."
    ),
    "completion": N_(
        "The fuller assessment that completes a rapid start. It shows what was answered then: you confirm each answer or change it."
    ),
}


@dataclass(frozen=True)
class Beside:
    """A template that can be added beside the main one, with its scopes; ``about`` is its purpose and the time it takes."""

    id: str
    name: str
    about: str
    scopes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Offer:
    """What fits what is chosen so far. ``rate_hint`` is empty when no rate is needed; ``kinds`` says which kinds can be chosen."""

    projects: tuple[tuple[UUID | None, str], ...]
    kinds: frozenset[str]
    earlier: tuple[tuple[UUID, str], ...]
    kind_words: str
    templates: tuple[tuple[str, str], ...]
    template_about: str
    scopes: tuple[tuple[str, str], ...]
    scope: str
    proposed: str
    is_proposed: bool
    beside: tuple[Beside, ...]
    roles: tuple[tuple[str, str, tuple[tuple[UUID | None, str], ...]], ...]
    needs_project: bool
    rate_hint: str


def offer(typed: Typed, page: PartnerPage | None, choices: Choices, language: Language) -> Offer:
    """Word what can be chosen now."""
    template, head = choices.template, _head(choices, typed.template_id)
    wants_project = template is not None and needs_project(template)
    projects: list[tuple[UUID | None, str]] = [(one.id, one.draft.title) for one in page.projects] if page else []
    if not wants_project:
        projects.insert(0, (None, language.text(N_("No project, the organisation only"))))
    proposal = proposal_of(typed, page, choices)
    scope = scope_of(typed, proposal, template)
    kinds = {"new", "rapid"} | {kind for kind in ("renewal", "completion") if previous_ones(kind, page)}
    titles = {"controller": N_("Who answers the controller’s questions"), "office": N_("Who answers the country office’s questions")}
    return Offer(
        projects=tuple(projects),
        kinds=frozenset(kinds),
        earlier=tuple((card.id, _earlier_words(card, language)) for card in previous_ones(typed.kind, page)),
        kind_words=_kind_words(typed, kinds, page, language),
        templates=tuple((one.id, in_language(one.name, language.code)) for one in choices.heads),
        template_about=_about(head, scope, language) if head else "",
        scopes=tuple((str(one), word(SCOPES, one, language)) for one in template.scopes) if template else (),
        scope=scope,
        proposed=proposal_words(proposal, language) if proposal else "",
        is_proposed=proposal is not None and proposal.scope == scope,
        beside=tuple(_beside(one, typed.added.get(one.id, str(one.scopes[0])), language) for one in choices.heads if one is not head),
        roles=tuple((role, language.text(titles[role]), _people(role, choices, language)) for role in roles_of(template)),
        needs_project=wants_project,
        rate_hint=_rate_hint(typed, page, choices, language),
    )


def proposal_of(typed: Typed, page: PartnerPage | None, choices: Choices) -> ScopeProposal | None:
    """Propose a scope by the organisation's rule; ``None`` before a partner and a template are chosen."""
    template = choices.template
    if template is None or page is None:
        return None
    project = chosen_project(typed, page)
    last = latest_sealed(page.assessments)
    seen = Circumstances(
        as_of=typed.as_of or date.today(),  # noqa: DTZ011 (the caseworker's own day, until one is entered)
        kind=typed.kind,
        amount_minor=yearly_amount(project.draft) if project else None,
        currency=project.draft.currency if project else "",
        last=last.draft.as_of if last else None,
        last_stops=last.stops if last else 0,
        last_bands=(last.organisation_band, last.project_band) if last else (),
        fragile=typed.fragile,
    )
    return propose(choices.rule, seen, scopes=tuple(template.scopes))


def problems(typed: Typed, page: PartnerPage | None, choices: Choices, language: Language) -> dict[str, str]:
    """Say by field what keeps an assessment from being started, in the order of the form."""
    return dict(_problems(typed, page, choices, language))


def _problems(typed: Typed, page: PartnerPage | None, choices: Choices, language: Language) -> Iterator[tuple[str, str]]:
    text, template = language.text, choices.template
    if typed.partner is None:
        yield "new.partner", text(N_("Choose the partner."))
    elif template is not None and needs_project(template) and typed.project is None:
        yield "new.project", text(N_("This template also assesses a project. Choose one, or add it first."))
    if typed.kind == "rapid":
        yield from _rapid_problems(typed, language)
    proposal = proposal_of(typed, page, choices)
    follows = proposal is not None and proposal.scope == scope_of(typed, proposal, template)
    if typed.kind != "rapid" and not follows and not typed.scope_reason.strip():
        yield "new.reason", text(N_("Say why this scope is right; one sentence is enough."))
    if typed.as_of is None:
        yield "new.date", _date_problem(typed.as_of_wrong, language)
    pair = rate_currencies(typed, page, template)
    if pair is not None and rate_of(typed.rate) is None:
        example = language.number(Fraction(1142, 100), 2)
        sentence = N_("Say how many {ours} one {theirs} is, in figures such as {example}.")
        yield "new.rate", text(sentence, theirs=pair[0], ours=pair[1], example=example)


def _rapid_problems(typed: Typed, language: Language) -> Iterator[tuple[str, str]]:
    text, rapid = language.text, typed.rapid
    if not rapid.reason.strip():
        yield "new.rapid.reason", text(N_("Say what urgent need allows a rapid start."))
    if not rapid.cap_minor:
        yield "new.rapid.cap", text(N_("Say how much may be paid at most."))
    for name, day in (("new.rapid.ends", rapid.ends), ("new.rapid.complete_by", rapid.complete_by)):
        if day is None:
            yield name, _date_problem(name in rapid.wrong, language)
        elif typed.as_of is not None and day < typed.as_of:
            yield name, text(N_("This day lies before the date of the assessment."))
        if name == "new.rapid.ends" and not rapid.decider.strip():
            yield "new.rapid.decider", text(N_("Name the person who decides."))


def _date_problem(is_wrong: bool, language: Language) -> str:
    return language.text(N_("This is not a date. Write it as 2026-03-09.")) if is_wrong else language.text(N_("Enter the date."))


def _head(choices: Choices, template_id: str) -> Head | None:
    return next((one for one in choices.heads if one.id == template_id), None)


def _earlier_words(card: AssessmentCard, language: Language) -> str:
    kind = word(KINDS, "rapid", language) if card.draft.rapid is not None else ""
    parts = (card.case_number, language.date(card.draft.as_of), kind, card.project_title)
    return " · ".join(part for part in parts if part)


def _kind_words(typed: Typed, kinds: set[str], page: PartnerPage | None, language: Language) -> str:
    if page is None and typed.kind == "new":
        return ""
    if typed.kind == "new" and kinds <= {"new", "rapid"}:
        return language.text(N_("This partner has no sealed assessment yet, so this is a new one."))
    return language.text(_KINDS_SAID[typed.kind])


def _about(head: Head, scope: str, language: Language) -> str:
    spoken = language.listing([language_name(code, language) for code in head.languages])
    facts = [language.text(N_("Version {version} · {languages}"), version=head.version, languages=spoken), _time(head, scope, language)]
    parts = [in_language(head.purpose, language.code), " · ".join(fact for fact in facts if fact)]
    return "\n".join([*parts, *([in_language(head.follows, language.code)] if head.follows else [])])


def _time(head: Head, scope: str, language: Language) -> str:
    minutes = head.time.get(scope)
    if minutes is None:
        return ""
    return time_needed(minutes, language)


def _beside(head: Head, scope: str, language: Language) -> Beside:
    scopes = tuple((str(one), word(SCOPES, one, language)) for one in head.scopes)
    about = " · ".join(part for part in (in_language(head.purpose, language.code), _time(head, scope, language)) if part)
    return Beside(head.id, in_language(head.name, language.code), about, scopes)


def _people(role: str, choices: Choices, language: Language) -> tuple[tuple[UUID | None, str], ...]:
    fits = [(one.id, one.name) for one in choices.people if one.active and role in one.roles]
    return ((None, language.text(N_("Not decided yet"))), *fits)


def _rate_hint(typed: Typed, page: PartnerPage | None, choices: Choices, language: Language) -> str:
    pair = rate_currencies(typed, page, choices.template)
    if pair is None:
        return ""
    return language.text(
        N_("How many {ours} is one {theirs}? The project is in {theirs}, and the plan for visits and checks goes by amounts in {ours}."),
        theirs=pair[0],
        ours=pair[1],
    )
