"""What a new assessment is started with: what is chosen, how the choices fit each other, and the draft they come to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from uuid import UUID

from desktop.assessments.state import continuable_ones, renewable_ones
from forms.facts import EARLIER_COLLABORATIONS
from forms.heads import Head, head_of
from forms.scope_rule import BUNDLED, ScopeProposal, ScopeRule
from forms.template import Template
from models.cards import AddedInstrument, AssessmentCard, AssessmentDraft, Assigned, PartnerPage, ProjectCard, RapidTerms
from models.identity import PersonCard

_RATE = re.compile(r"[0-9]{1,9}([.,][0-9]{1,9})?")
#: Offered first where the partner has no assessment to go by.
USUAL = "partner-project"


@dataclass(frozen=True)
class TypedRapid:
    """The terms of a rapid start as they are typed; ``wrong`` names fields in which something stands that is no amount or date."""

    reason: str = ""
    cap_minor: int | None = None
    currency: str = "SEK"
    ends: date | None = None
    decider: str = ""
    complete_by: date | None = None
    wrong: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Typed:
    """What is chosen and typed for a new assessment; ``rate`` as it stands in the field.

    ``scope`` is empty while the rule's proposal is followed. ``added`` holds the scope of each added template, ``assigned`` who answers
    for each role that the template leaves questions to.
    """

    partner: UUID | None = None
    project: UUID | None = None
    kind: str = "new"
    previous: UUID | None = None
    collaboration: str = "established"
    template_id: str = ""
    scope: str = ""
    scope_reason: str = ""
    fragile: bool = False
    added: Mapping[str, str] = field(default_factory=dict)
    assigned: Mapping[str, UUID] = field(default_factory=dict)
    rapid: TypedRapid = TypedRapid()
    as_of: date | None = None
    as_of_wrong: bool = False
    rate: str = ""


@dataclass(frozen=True)
class Choices:
    """What can be chosen among: templates by their heads, the chosen one read whole, the rule for scope, and people here."""

    heads: tuple[Head, ...] = ()
    template: Template | None = None
    rule: ScopeRule = BUNDLED
    people: tuple[PersonCard, ...] = ()

    @staticmethod
    def of(templates: tuple[Template, ...], chosen: str = "") -> Choices:
        """Give the choices among templates that have been read."""
        newest = {one.id: one for one in templates}
        heads = tuple(head_of(one) for one in newest.values())
        return Choices(heads, newest.get(usual_template(heads, None, chosen)))


def usual_template(heads: tuple[Head, ...], page: PartnerPage | None, chosen: str) -> str:
    """Give the template that is chosen, else the one that the partner was last assessed by, else the usual one, else the first."""
    offered = [head.id for head in heads]
    last = [card.draft.template_id for card in page.assessments] if page else []
    return next((one for one in (chosen, *last, USUAL, *offered) if one in offered), "")


def fitted(typed: Typed, page: PartnerPage | None, choices: Choices) -> Typed:
    """Make the choices fit each other: the partner's own projects and assessments, what the kind goes on from, the templates offered.

    What is the only choice is chosen; of several projects and earlier assessments the newest is proposed.
    """
    template = choices.template
    projects = [one.id for one in page.projects] if page else []
    earlier = previous_ones(typed.kind, page)
    previous = typed.previous if typed.previous in [card.id for card in earlier] else (earlier[0].id if earlier else None)
    kind = typed.kind if earlier or typed.kind in ("new", "rapid") else "new"
    project = typed.project if typed.project in projects else None
    if project is None and projects and (template is None or needs_project(template)):
        project = projects[0]
    main = template.id if template else ""
    scopes = {head.id: [str(scope) for scope in head.scopes] for head in choices.heads}
    beside = {one: scope if scope in scopes[one] else scopes[one][0] for one, scope in typed.added.items() if one in scopes and one != main}
    roles, here = roles_of(template), [one.id for one in choices.people]
    return replace(
        typed,
        project=project,
        kind=kind,
        previous=previous,
        template_id=main,
        scope=typed.scope if template is not None and typed.scope in template.scopes else "",
        added=beside,
        assigned={role: person for role, person in typed.assigned.items() if role in roles and person in here},
    )


def previous_ones(kind: str, page: PartnerPage | None) -> tuple[AssessmentCard, ...]:
    """Give what an assessment of this kind can go on from, newest first; a new and a rapid one go on from nothing."""
    if page is None:
        return ()
    if kind == "completion":
        return continuable_ones(page.assessments)
    return renewable_ones(page.assessments) if kind == "renewal" else ()


def going_on(typed: Typed, card: AssessmentCard) -> Typed:
    """Turn what is chosen into a renewal of an assessment, or the completion of a rapid start: with its project, form and template."""
    draft = card.draft
    collaboration = "established" if draft.collaboration in EARLIER_COLLABORATIONS else draft.collaboration
    return replace(
        typed,
        kind="completion" if draft.rapid is not None else "renewal",
        previous=card.id,
        project=draft.project,
        collaboration=collaboration,
        template_id=draft.template_id,
        fragile=draft.fragile,
        scope="",
    )


def scope_of(typed: Typed, proposal: ScopeProposal | None, template: Template | None) -> str:
    """Give the scope that holds now: light for a rapid start where there is one, else what was chosen, else what is proposed."""
    if template is None:
        return ""
    if typed.kind == "rapid" and "light" in template.scopes:
        return "light"
    return typed.scope or (proposal.scope if proposal else str(template.scopes[0]))


def rate_currencies(typed: Typed, page: PartnerPage | None, template: Template | None) -> tuple[str, str] | None:
    """Give the project's and the assurance table's currency when they differ and there is an amount to convert."""
    project = chosen_project(typed, page)
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


def assessment_draft(typed: Typed, page: PartnerPage | None, choices: Choices, proposal: ScopeProposal | None) -> AssessmentDraft:
    """Give the draft to start; only for choices without problems."""
    assert typed.partner is not None  # noqa: S101 (else there are problems)
    assert typed.as_of is not None  # noqa: S101 (else there are problems)
    template = choices.template
    goes_on = typed.kind in ("renewal", "completion")
    rapid = typed.kind == "rapid"
    return AssessmentDraft(
        partner=typed.partner,
        project=typed.project,
        kind=typed.kind,  # type: ignore[arg-type]
        collaboration=typed.collaboration,
        template_id=typed.template_id,
        scope=scope_of(typed, proposal, template),
        scope_reason=(typed.rapid.reason if rapid else typed.scope_reason).strip(),
        as_of=typed.as_of,
        previous=typed.previous if goes_on else None,
        rate=rate_of(typed.rate) if rate_currencies(typed, page, template) else None,
        added=tuple(AddedInstrument(id_, scope) for id_, scope in typed.added.items()),
        rapid=_terms(typed.rapid) if rapid else None,
        fragile=typed.fragile,
        proposed=proposal,
        assigned=tuple(Assigned(role, person) for role, person in sorted(typed.assigned.items())),
    )


def _terms(typed: TypedRapid) -> RapidTerms:
    assert typed.cap_minor is not None and typed.ends is not None and typed.complete_by is not None  # noqa: S101, PT018 (else problems)
    return RapidTerms(typed.cap_minor, typed.currency, typed.ends, typed.decider.strip(), typed.complete_by, typed.reason.strip())


def roles_of(template: Template | None) -> tuple[str, ...]:
    """Give the roles, other than the caseworker, that the template leaves questions to."""
    if template is None:
        return ()
    asked = {question.answered_by for _, question in template.questions()}
    return tuple(role for role in ("controller", "office") if role in asked)


def needs_project(template: Template) -> bool:
    """Whether the template also assesses a project."""
    return "project" in template.subjects


def chosen_project(typed: Typed, page: PartnerPage | None) -> ProjectCard | None:
    """Give the project that is chosen."""
    return next((one for one in page.projects if one.id == typed.project), None) if page else None
