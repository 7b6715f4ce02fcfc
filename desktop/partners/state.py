"""What the list of partners and a partner's page show, made from cards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from desktop.assessments.state import renewable_ones
from desktop.language import Language
from desktop.partners.registers import register_words
from desktop.rapid_words import lapsed_words, standing_mark
from desktop.words import KINDS, Mark, rating_mark, stops_mark, word
from forms.text import N_
from models.cards import AssessmentCard, BankAccount, Contact, PartnerPage, PartnerRow, ProjectCard
from models.rapid import standing


@dataclass(frozen=True)
class PartnerLine:
    """A partner in the list; ``dated`` and ``due`` are dates to sort by, worded beside."""

    id: UUID
    name: str
    country: str
    state: Mark | None
    dated: date | None
    dated_words: str
    band: Mark | None
    stops: Mark | None
    due: date | None
    due_words: str


def partner_lines(rows: tuple[PartnerRow, ...], language: Language, *, today: date | None = None) -> tuple[PartnerLine, ...]:
    """Word the list, in the order in which it was read. ``today`` is the reader's own day."""
    day = today or date.today()  # noqa: DTZ011
    return tuple(_partner_line(row, language, day) for row in rows)


def _partner_line(row: PartnerRow, language: Language, today: date) -> PartnerLine:
    latest = row.latest
    due = latest.next_due if latest else None
    return PartnerLine(
        id=row.id,
        name=row.name,
        country=language.country(row.country),
        state=standing_mark(latest, language, today) if latest else None,
        dated=latest.draft.as_of if latest else None,
        dated_words=language.date(latest.draft.as_of) if latest else "",
        band=rating_mark(latest.organisation_band, language, latest.tables.get("organisation")) if latest else None,
        stops=stops_mark(latest.stops, language) if latest else None,
        due=due,
        due_words=language.date(due) if due else "",
    )


@dataclass(frozen=True)
class Fact:
    """One thing known: what it is, and what it says."""

    title: str
    words: str


@dataclass(frozen=True)
class Person:
    """Somebody at the partner, with what the person may do there."""

    name: str
    about: str


@dataclass(frozen=True)
class Account:
    """A bank account in words; ``note`` says what to look at when it is not in the partner's own name."""

    holder: str
    about: str
    note: str


@dataclass(frozen=True)
class ProjectLine:
    """A project in words."""

    id: UUID
    title: str
    about: str


@dataclass(frozen=True)
class AssessmentLine:
    """One of the partner's assessments over the years."""

    card: AssessmentCard
    case_number: str
    dated: date
    dated_words: str
    kind: str
    project: str
    state: Mark
    organisation: Mark | None
    project_band: Mark | None
    stops: Mark | None


@dataclass(frozen=True)
class RapidNotice:
    """A rapid start that must be completed, or has lapsed; ``may_complete`` while nothing continues it."""

    id: UUID
    words: str
    has_lapsed: bool
    may_complete: bool


@dataclass(frozen=True)
class PageState:
    """A partner's page; ``renewable`` is the sealed assessment that a renewal would start from."""

    name: str
    under: str
    facts: tuple[Fact, ...]
    notes: str
    people: tuple[Person, ...]
    accounts: tuple[Account, ...]
    projects: tuple[ProjectLine, ...]
    assessments: tuple[AssessmentLine, ...]
    renewable: AssessmentCard | None
    rapid: tuple[RapidNotice, ...] = ()
    #: What protects the partner; empty for one that is not. ``named_in`` says which sealed cases name it all the same.
    protection: str = ""
    named_in: str = ""
    hides: bool = False


def page_state(page: PartnerPage, language: Language, *, today: date | None = None, revealed: bool = False) -> PageState:
    """Word a partner's page; its assessments newest first. Of a protected partner nothing tells who it is unless it is ``revealed``."""
    hides = page.partner.draft.protected and not revealed
    draft, day = page.partner.draft, today or date.today()  # noqa: DTZ011 (the reader's own day)
    newest_first = sorted(page.assessments, key=lambda card: (card.draft.as_of, card.created_at), reverse=True)
    return PageState(
        name=page.partner.name,
        under=" · ".join(part for part in (draft.legal_form, language.country(draft.country)) if part),
        facts=_facts(page, language, hides=hides),
        notes="" if hides else draft.notes,
        people=() if hides else tuple(_person(one, language) for one in draft.people),
        accounts=() if hides else tuple(_account(one, draft.name, language) for one in draft.accounts),
        projects=tuple(_project(one, language) for one in page.projects),
        assessments=tuple(_assessment(card, language, day) for card in newest_first),
        renewable=next(iter(renewable_ones(page.assessments)), None),
        rapid=tuple(
            RapidNotice(card.id, words, standing(card, day) == "lapsed", not card.continued_by)
            for card in newest_first
            if (words := lapsed_words(card, language, day))
        ),
        protection=_protection(hides=hides, language=language) if draft.protected else "",
        named_in=language.plural(
            "{cases} was sealed before the partner was protected. Its record and its reports name the partner and never change.",
            "{cases} were sealed before the partner was protected. Their records and reports name the partner and never change.",
            len(page.sealed_by_name),
            cases=language.listing(list(page.sealed_by_name)),
        )
        if page.sealed_by_name
        else "",
        hides=hides,
    )


def _protection(*, hides: bool, language: Language) -> str:
    if hides:
        return language.text(N_("Protected partner. It goes by its cover name; who it is stands only here, and is hidden."))
    return language.text(N_("Protected partner. Who it is can be read here now: see that nobody reads along."))


def _facts(page: PartnerPage, language: Language, *, hides: bool) -> tuple[Fact, ...]:
    draft, text = page.partner.draft, language.text
    register = register_words(draft.registration_scheme, language)
    number = f"{draft.registration_number} ({register})" if draft.registration_number and register else draft.registration_number
    private = (
        (text(N_("Real name")), draft.name if draft.protected else ""),
        (text(N_("Former names")), language.listing(list(draft.former_names)) if draft.former_names else ""),
        (text(N_("Registration number")), number),
        (text(N_("Website")), draft.website),
    )
    known = (
        *(private[:2] if not hides else ()),
        (text(N_("Legal form")), draft.legal_form),
        *(private[2:3] if not hides else ()),
        (text(N_("Country")), language.country(draft.country)),
        *(private[3:] if not hides else ()),
        (text(N_("Registered here")), language.date(page.partner.created_at.date())),
    )
    return tuple(Fact(title, words) for title, words in known if words)


def _person(contact: Contact, language: Language) -> Person:
    text = language.text
    parts = (contact.role, text(N_("signs for the partner")) if contact.signs else "", text(N_("controls it")) if contact.controls else "")
    return Person(contact.name, " · ".join(part for part in parts if part))


def _account(account: BankAccount, partner_name: str, language: Language) -> Account:
    parts = (account.bank, language.country(account.country) if account.country else "", account.number, account.currency)
    return Account(account.holder, " · ".join(part for part in parts if part), holder_note(account.holder, partner_name, language))


def holder_note(holder: str, partner_name: str, language: Language) -> str:
    """Say calmly that an account is not in the partner's name; empty while it is, or while one of the names is missing."""
    if not holder.strip() or not partner_name.strip() or _same_name(holder, partner_name):
        return ""
    return language.text(N_("The account is not in the partner’s own name. Write down why, and check with the bank before any payment."))


def _same_name(one: str, other: str) -> bool:
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())


def _project(project: ProjectCard, language: Language) -> ProjectLine:
    draft = project.draft
    period = ""
    if draft.starts and draft.ends:
        period = f"{language.date(draft.starts)} – {language.date(draft.ends)}"
    elif draft.starts:
        period = language.text(N_("from {date}"), date=draft.starts)
    elif draft.ends:
        period = language.text(N_("until {date}"), date=draft.ends)
    amount = language.money(draft.amount_minor, draft.currency) if draft.amount_minor is not None else ""
    country = language.country(draft.country) if draft.country else ""
    return ProjectLine(project.id, draft.title, " · ".join(part for part in (country, amount, period, draft.funding_source) if part))


def _assessment(card: AssessmentCard, language: Language, today: date) -> AssessmentLine:
    has_project = card.draft.project is not None
    return AssessmentLine(
        card=card,
        case_number=card.case_number,
        dated=card.draft.as_of,
        dated_words=language.date(card.draft.as_of),
        kind=word(KINDS, card.draft.kind, language),
        project=card.project_title,
        state=standing_mark(card, language, today),
        organisation=rating_mark(card.organisation_band, language, card.tables.get("organisation")),
        project_band=rating_mark(card.project_band, language, card.tables.get("project")) if has_project else None,
        stops=stops_mark(card.stops, language),
    )
