"""What stands in the forms for partners and projects while it is typed, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from desktop.language import Language
from desktop.partners.registers import USUAL, number_problem
from forms.text import N_
from models.cards import BankAccount, Contact, PartnerDraft, ProjectDraft
from models.partner import shared_words

#: A field of a form by its accessible identifier, and what is wrong with it.
Problems = dict[str, str]


@dataclass(frozen=True)
class TypedPartner:
    """A partner as it is typed. ``former_names`` holds one name per line; rows in which nothing stands are none."""

    name: str = ""
    former_names: str = ""
    legal_form: str = ""
    scheme: str = ""
    number: str = ""
    country: str = ""
    website: str = ""
    notes: str = ""
    people: tuple[Contact, ...] = ()
    accounts: tuple[BankAccount, ...] = ()
    protected: bool = False
    cover_name: str = ""


def typed_partner(draft: PartnerDraft) -> TypedPartner:
    """Give what is registered as it stands in the form."""
    return TypedPartner(
        name=draft.name,
        former_names="\n".join(draft.former_names),
        legal_form=draft.legal_form,
        scheme=draft.registration_scheme,
        number=draft.registration_number,
        country=draft.country,
        website=draft.website,
        notes=draft.notes,
        people=draft.people,
        accounts=draft.accounts,
        protected=draft.protected,
        cover_name=draft.cover_name,
    )


def partner_draft(typed: TypedPartner) -> PartnerDraft:
    """Give what is to be registered: trimmed, without empty rows."""
    people = tuple(Contact(one.name.strip(), one.role.strip(), one.signs, one.controls) for one in typed.people if not is_empty_person(one))
    accounts = tuple(
        BankAccount(one.holder.strip(), one.bank.strip(), one.country, one.number.strip(), one.currency)
        for one in typed.accounts
        if not is_empty_account(one)
    )
    return PartnerDraft(
        name=typed.name.strip(),
        country=typed.country,
        legal_form=typed.legal_form.strip(),
        former_names=tuple(name.strip() for name in typed.former_names.splitlines() if name.strip()),
        registration_scheme=typed.scheme if typed.number.strip() else "",
        registration_number=typed.number.strip(),
        website=typed.website.strip(),
        notes=typed.notes.strip(),
        people=people,
        accounts=accounts,
        protected=typed.protected,
        cover_name=typed.cover_name.strip() if typed.protected else "",
    )


def is_empty_person(one: Contact) -> bool:
    """Whether nothing is said in a person's row."""
    return not (one.name.strip() or one.role.strip() or one.signs or one.controls)


def is_empty_account(one: BankAccount) -> bool:
    """Whether nothing is said in an account's row; its currency alone says nothing."""
    return not (one.holder.strip() or one.bank.strip() or one.number.strip() or one.country)


def partner_problems(typed: TypedPartner, language: Language) -> Problems:
    """Say by field what keeps a partner from being saved, in the order of the form."""
    text = language.text
    found: Problems = {}
    if not typed.name.strip():
        found["partner.name"] = text(N_("Enter the partner’s name."))
    if not typed.country:
        found["partner.country"] = text(N_("Choose the country where the partner is at home."))
    if typed.protected and not typed.cover_name.strip():
        found["partner.cover_name"] = text(N_("Enter the name that stands in the place of the real one."))
    elif typed.protected and (shared := shared_words(partner_draft(typed))):
        found["partner.cover_name"] = text(
            N_("The real names have this too: {words}. Choose a name that tells nothing."), words=list(shared)
        )
    wrong = number_problem(scheme=typed.scheme, number=typed.number)
    if wrong is not None:
        found["partner.number"] = language.error(wrong)
    for at, person in enumerate(typed.people):
        if not is_empty_person(person) and not person.name.strip():
            found[f"partner.person.{at}.name"] = text(N_("Enter the person’s name, or remove the row."))
    for at, account in enumerate(typed.accounts):
        if is_empty_account(account):
            continue
        if not account.holder.strip():
            found[f"partner.account.{at}.holder"] = text(N_("Say in whose name the account is."))
        if not account.number.strip():
            found[f"partner.account.{at}.number"] = text(N_("Enter the account number, or remove the row."))
    return found


def usual_register(*, country: str, typed: TypedPartner) -> str:
    """Give the register to propose when a country is chosen: the country's usual one, unless a number is typed already."""
    return typed.scheme if typed.number.strip() else USUAL.get(country, "")


@dataclass(frozen=True)
class TypedProject:
    """A project as it is typed; ``wrong`` names fields in which something stands that cannot be read."""

    title: str = ""
    summary: str = ""
    country: str = ""
    funding_source: str = ""
    amount: str = ""
    amount_minor: int | None = None
    currency: str = "SEK"
    starts: str = ""
    ends: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    wrong: frozenset[str] = field(default_factory=frozenset)


def project_draft(typed: TypedProject) -> ProjectDraft:
    """Give what is to be saved of a project."""
    return ProjectDraft(
        title=typed.title.strip(),
        summary=typed.summary.strip(),
        country=typed.country,
        funding_source=typed.funding_source.strip(),
        amount_minor=typed.amount_minor,
        currency=typed.currency,
        starts=typed.starts_on,
        ends=typed.ends_on,
    )


def project_problems(typed: TypedProject, language: Language) -> Problems:
    """Say by field what keeps a project from being saved, in the order of the form."""
    text = language.text
    found: Problems = {}
    if not typed.title.strip():
        found["project.title"] = text(N_("Enter the project’s title."))
    if "project.amount" in typed.wrong:
        found["project.amount"] = text(N_("This is not an amount. Write it in figures, such as 1 250 000 or 1250000.50."))
    if "project.starts" in typed.wrong:
        found["project.starts"] = text(N_("This is not a date. Write it as 2026-03-09."))
    if "project.ends" in typed.wrong:
        found["project.ends"] = text(N_("This is not a date. Write it as 2026-03-09."))
    elif typed.starts_on and typed.ends_on and typed.ends_on < typed.starts_on:
        found["project.ends"] = text(N_("The project ends before it starts. Check both dates."))
    return found
