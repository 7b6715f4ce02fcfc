"""What a new assessment is started with: what can be chosen, what is chosen, and what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from uuid import UUID

from desktop.assessments.state import sealed_ones
from desktop.language import Language
from desktop.words import SCOPES, word
from forms.template import Template
from forms.text import N_, in_language
from models.cards import AssessmentCard, AssessmentDraft, PartnerPage, ProjectCard

_RATE = re.compile(r"[0-9]{1,9}([.,][0-9]{1,9})?")


@dataclass(frozen=True)
class Typed:
    """What is chosen and typed for a new assessment; ``rate`` as it stands in the field."""

    partner: UUID | None = None
    project: UUID | None = None
    kind: str = "new"
    previous: UUID | None = None
    collaboration: str = "partner"
    template_id: str = ""
    scope: str = ""
    scope_reason: str = ""
    as_of: date | None = None
    as_of_wrong: bool = False
    rate: str = ""


@dataclass(frozen=True)
class Offer:
    """What fits what is chosen so far. ``needs_project``: the template also assesses one; ``rate_hint`` is empty when none is needed."""

    projects: tuple[tuple[UUID | None, str], ...]
    renewable: tuple[tuple[UUID, str], ...]
    renewal_words: str
    templates: tuple[tuple[str, str], ...]
    template_about: str
    scopes: tuple[tuple[str, str], ...]
    needs_project: bool
    rate_hint: str


def fitted(typed: Typed, page: PartnerPage | None, templates: tuple[Template, ...]) -> Typed:
    """Make the choices fit each other: the partner's own projects and assessments, the template's own scopes.

    What is the only choice is chosen; of several projects and earlier assessments the newest is proposed. A renewal takes up last time's
    project, collaboration and scope where nothing else was chosen yet.
    """
    template = template_of(typed, templates)
    projects = [one.id for one in page.projects] if page else []
    earlier = sealed_ones(page.assessments) if page else ()
    previous = typed.previous if typed.previous in [card.id for card in earlier] else (earlier[0].id if earlier else None)
    kind = typed.kind if earlier else "new"
    project = typed.project if typed.project in projects else None
    if project is None and projects and (template is None or _needs_project(template)):
        project = projects[0]
    scopes = [str(scope) for scope in template.scopes] if template else []
    return replace(
        typed,
        project=project,
        kind=kind,
        previous=previous,
        template_id=template.id if template else "",
        scope=typed.scope if typed.scope in scopes else (scopes[0] if scopes else ""),
    )


def renewing(typed: Typed, card: AssessmentCard) -> Typed:
    """Turn what is chosen into a renewal of an assessment: with its project, form of collaboration, template and scope."""
    draft = card.draft
    return replace(
        typed,
        kind="renewal",
        previous=card.id,
        project=draft.project,
        collaboration=draft.collaboration,
        template_id=draft.template_id,
        scope=draft.scope,
    )


def offer(typed: Typed, page: PartnerPage | None, templates: tuple[Template, ...], language: Language) -> Offer:
    """Word what can be chosen now."""
    template = template_of(typed, templates)
    needs_project = template is not None and _needs_project(template)
    projects: list[tuple[UUID | None, str]] = [(one.id, one.draft.title) for one in page.projects] if page else []
    if not needs_project:
        projects.insert(0, (None, language.text(N_("No project, the organisation only"))))
    earlier = sealed_ones(page.assessments) if page else ()
    return Offer(
        projects=tuple(projects),
        renewable=tuple((card.id, _earlier_words(card, language)) for card in earlier),
        renewal_words=_renewal_words(typed, bool(earlier), page is not None, language),
        templates=tuple((one.id, in_language(one.name, language.code)) for one in newest(templates)),
        template_about=_about(template, language) if template else "",
        scopes=tuple((str(scope), word(SCOPES, scope, language)) for scope in template.scopes) if template else (),
        needs_project=needs_project,
        rate_hint=_rate_hint(typed, page, template, language),
    )


def newest(templates: tuple[Template, ...]) -> tuple[Template, ...]:
    """Keep the newest version of each template; they come ordered by version."""
    return tuple({one.id: one for one in templates}.values())


def template_of(typed: Typed, templates: tuple[Template, ...]) -> Template | None:
    """Give the chosen template, or the first there is."""
    offered = newest(templates)
    return next((one for one in offered if one.id == typed.template_id), offered[0] if offered else None)


def rate_currencies(typed: Typed, page: PartnerPage | None, template: Template | None) -> tuple[str, str] | None:
    """Give the project's and the assurance table's currency when they differ and there is an amount to convert."""
    project = _project(typed, page)
    if template is None or template.assurance is None or project is None or project.draft.amount_minor is None:
        return None
    theirs, ours = project.draft.currency, template.assurance.currency
    return None if theirs == ours else (theirs, ours)


def rate_of(typed: str) -> Fraction | None:
    """Read an exchange rate such as 11,42 or 11.42 exactly; ``None`` for anything else, and for nought."""
    text = "".join(typed.split())
    if not _RATE.fullmatch(text):
        return None
    rate = Fraction(text.replace(",", "."))
    return rate if rate > 0 else None


def problems(typed: Typed, page: PartnerPage | None, templates: tuple[Template, ...], language: Language) -> dict[str, str]:
    """Say by field what keeps an assessment from being started, in the order of the form."""
    text = language.text
    template = template_of(typed, templates)
    found: dict[str, str] = {}
    if typed.partner is None:
        found["new.partner"] = text(N_("Choose the partner."))
    elif template is not None and _needs_project(template) and typed.project is None:
        found["new.project"] = text(N_("This template also assesses a project. Choose one, or add it first."))
    if not typed.scope_reason.strip():
        found["new.reason"] = text(N_("Say why this scope is right; one sentence is enough."))
    if typed.as_of is None:
        found["new.date"] = text(N_("This is not a date. Write it as 2026-03-09.")) if typed.as_of_wrong else text(N_("Enter the date."))
    pair = rate_currencies(typed, page, template)
    if pair is not None and rate_of(typed.rate) is None:
        found["new.rate"] = text(
            N_("Say how many {ours} one {theirs} is, in figures such as {example}."),
            theirs=pair[0],
            ours=pair[1],
            example=language.number(Fraction(1142, 100), 2),
        )
    return found


def assessment_draft(typed: Typed, page: PartnerPage | None, templates: tuple[Template, ...]) -> AssessmentDraft:
    """Give the draft to start; only for choices without ``problems``."""
    assert typed.partner is not None  # noqa: S101 (else there are problems)
    assert typed.as_of is not None  # noqa: S101 (else there are problems)
    template = template_of(typed, templates)
    renewal = typed.kind == "renewal"
    return AssessmentDraft(
        partner=typed.partner,
        project=typed.project,
        kind="renewal" if renewal else "new",
        collaboration=typed.collaboration,
        template_id=typed.template_id,
        scope=typed.scope,
        scope_reason=typed.scope_reason.strip(),
        as_of=typed.as_of,
        previous=typed.previous if renewal else None,
        rate=rate_of(typed.rate) if rate_currencies(typed, page, template) else None,
    )


def _needs_project(template: Template) -> bool:
    return "project" in template.subjects


def _project(typed: Typed, page: PartnerPage | None) -> ProjectCard | None:
    return next((one for one in page.projects if one.id == typed.project), None) if page else None


def _earlier_words(card: AssessmentCard, language: Language) -> str:
    parts = (card.case_number, language.date(card.draft.as_of), card.project_title)
    return " · ".join(part for part in parts if part)


def _renewal_words(typed: Typed, can_renew: bool, has_partner: bool, language: Language) -> str:
    if not has_partner:
        return ""
    if not can_renew:
        return language.text(N_("This partner has no sealed assessment yet, so this is a new one."))
    if typed.kind == "renewal":
        return language.text(
            N_(
                "A renewal shows last time’s answer to each question. You confirm it with one key or change it; nothing counts until you "
                "do, and a key question is confirmed only with fresh evidence or a sentence."
            )
        )
    return language.text(N_("A new assessment starts from empty questions. What was answered last time is not shown."))


def _about(template: Template, language: Language) -> str:
    names = {"sv": N_("Swedish"), "en": N_("English"), "nb": N_("Norwegian"), "fr": N_("French")}
    spoken = language.listing([language.text(names[code]) if code in names else code for code in template.languages])
    facts = language.text(N_("Version {version} · {languages}"), version=template.version, languages=spoken)
    return f"{in_language(template.purpose, language.code)}\n{facts}"


def _rate_hint(typed: Typed, page: PartnerPage | None, template: Template | None, language: Language) -> str:
    pair = rate_currencies(typed, page, template)
    if pair is None:
        return ""
    return language.text(
        N_("How many {ours} is one {theirs}? The project is in {theirs}, and the plan for visits and checks goes by amounts in {ours}."),
        theirs=pair[0],
        ours=pair[1],
    )
