"""Sealing and signing as the room shows them: what remains, who signs next, and every revision with its hash."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from desktop.language import LANGUAGES, OWN_NAMES, Language
from desktop.recommendation.remaining_state import Remains, remaining
from desktop.verify.state import grouped
from desktop.words import SIGNER_FIELDS, Mark, word
from forms.text import N_, in_language
from models.cards import AssessmentFile, ReportCard
from models.document_kind import CASEWORKER, CHAIR, REVIEWER
from models.report_timestamp import is_field

_REPORTS = {
    "sv": N_("Report in Swedish"),
    "en": N_("Report in English"),
    "nb": N_("Report in Norwegian"),
    "fr": N_("Report in French"),
}


@dataclass(frozen=True)
class Signature:
    """One line to sign on: whose it is, and whether it is signed, next, or waits. ``optional`` lines need not be signed."""

    field: str
    title: str
    who: str
    mark: Mark
    said: str
    optional: bool


@dataclass(frozen=True)
class Revision:
    """One revision of a report, with its SHA-256."""

    number: str
    said: str
    at: str
    sha256: str


@dataclass(frozen=True)
class ReportLine:
    """A report in one language. ``action``: *make*, *sign* (the person here), *switch* (somebody else signs next) or *none*."""

    language: str
    title: str
    mark: Mark
    signatures: tuple[Signature, ...]
    revisions: tuple[Revision, ...]
    action: Literal["make", "sign", "switch", "none"]
    action_said: str
    latest: UUID | None
    time_said: str = ""


@dataclass(frozen=True)
class SealState:
    """Everything the room shows. ``standing``: *before* the seal or *sealed*."""

    standing: Literal["before", "sealed"]
    remains: tuple[Remains, ...]
    can_seal: bool
    said: str
    freezes: tuple[str, ...]
    sealed_said: str
    record_sha256: str
    anchor: str
    reports: tuple[ReportLine, ...]


def seal_state(
    file: AssessmentFile,
    language: Language,
    *,
    person: UUID | None,
    roles: frozenset[str],
    optional: Collection[str],
    awaiting: Collection[UUID] = (),
) -> SealState:
    """Word the room. ``optional`` are the fields beside the required ones that the sealed record has; ``awaiting`` the reports that await
    a timestamp, by their newest revision."""
    remains = remaining(file, language, stage="seal") if file.seal is None else ()
    mine = person == file.card.caseworker
    return SealState(
        standing="before" if file.seal is None else "sealed",
        remains=remains,
        can_seal=file.seal is None and file.card.state == "agreed" and mine and not remains,
        said=_said(file, language, mine=mine, ready=not remains),
        freezes=_freezes(file, language),
        sealed_said=language.text(N_("Sealed {at} by {name}."), at=file.seal.at, name=file.seal.by_name) if file.seal else "",
        record_sha256=file.seal.sha256 if file.seal else "",
        anchor=language.text(N_("entry {seq}, {head}"), seq=file.seal.audit_seq, head=grouped(file.seal.audit_head[:16]))
        if file.seal
        else "",
        reports=tuple(_report(file, code, language, person, roles, optional, awaiting) for code in report_languages(file))
        if file.seal
        else (),
    )


def report_languages(file: AssessmentFile) -> tuple[str, ...]:
    """Give the languages a report can be in: those that all templates and the program have."""
    each = [seen.template.languages for seen in file.each()]
    return tuple(code for code in each[0] if code in LANGUAGES and all(code in languages for languages in each))


def language_title(code: str) -> str:
    """Name a language in itself."""
    return OWN_NAMES.get(code, code)


def _said(file: AssessmentFile, language: Language, *, mine: bool, ready: bool) -> str:
    if file.seal is not None:
        return ""
    if not ready:
        return language.text(N_("This remains before the record can be sealed."))
    if not mine:
        return language.text(N_("{name}, the caseworker, seals it."), name=file.card.caseworker_name)
    return language.text(N_("Nothing remains. Sealing freezes the record; it is the one step that cannot be taken back."))


def _freezes(file: AssessmentFile, language: Language) -> tuple[str, ...]:
    used = [f"{in_language(seen.template.name, language.code)} {seen.template.version}" for seen in file.each()]
    return (
        language.plural("{n} answer with everything behind it", "{n} answers with everything behind them", len(file.answer_cards)),
        language.plural("{n} piece of evidence, byte for byte", "{n} pieces of evidence, byte for byte", len(file.evidence)),
        language.text(N_("the result, the risks, both ratings and the recommendation")),
        language.text(N_("the review and the declared ties")),
        language.plural("the template: {version}", "the templates: {version}", len(used), version=used),
    )


def _report(
    file: AssessmentFile,
    code: str,
    language: Language,
    person: UUID | None,
    roles: frozenset[str],
    optional: Collection[str],
    awaiting: Collection[UUID],
) -> ReportLine:
    cards = tuple(card for card in file.reports if card.language == code)
    signed = {card.signed_as: card for card in cards if card.signed_as}
    fields = [CASEWORKER, REVIEWER] + [CHAIR] * (CHAIR in optional)
    due = next((field for field in fields if field not in signed), None)
    mine = _is_mine(file, due, person, roles)
    action: Literal["make", "sign", "switch", "none"] = "none" if due is None else "sign" if mine else "switch"
    if not cards:
        action = "sign" if mine else "make"
    complete = {CASEWORKER, REVIEWER} <= set(signed)
    awaits = bool(cards) and cards[-1].id in awaiting
    return ReportLine(
        language=code,
        title=language.text(_REPORTS[code]),
        mark=_mark(language, made=bool(cards), signed=len(signed), complete=complete, awaits=awaits),
        signatures=tuple(_signature(file, field, signed, due, language) for field in fields),
        revisions=tuple(_revision(card, language) for card in cards),
        action=action,
        action_said=_action_said(file, action, due, language),
        latest=cards[-1].id if cards else None,
        time_said=language.text(
            N_("It was signed without a timestamp. It is valid; one is added later, under Settings, with all that wait.")
        )
        if awaits
        else "",
    )


def _mark(language: Language, *, made: bool, signed: int, complete: bool, awaits: bool) -> Mark:
    if complete and awaits:
        return Mark("moderate", language.text(N_("Signed, awaits a timestamp")))
    if complete:
        return Mark("low", language.text(N_("Signed")))
    if signed:
        return Mark("moderate", language.text(N_("Signed in part")))
    return Mark("incomplete", language.text(N_("Not signed")) if made else language.text(N_("Not made yet")))


def _is_mine(file: AssessmentFile, field: str | None, person: UUID | None, roles: frozenset[str]) -> bool:
    if field is None or person is None:
        return False
    if field == CHAIR:
        return "secretary" in roles and person not in (file.card.caseworker, _reviewer(file)[0])
    return person == (file.card.caseworker if field == CASEWORKER else _reviewer(file)[0])


def _reviewer(file: AssessmentFile) -> tuple[UUID | None, str]:
    agreed = [review for review in file.reviews if review.outcome == "agreed"]
    return (agreed[-1].reviewer, agreed[-1].reviewer_name) if agreed else (None, "")


def _who(file: AssessmentFile, field: str, language: Language) -> str:
    if field == CASEWORKER:
        return file.card.caseworker_name
    return _reviewer(file)[1] if field == REVIEWER else language.text(N_("the board’s secretary"))


def _signature(file: AssessmentFile, field: str, signed: dict[str, ReportCard], due: str | None, language: Language) -> Signature:
    card = signed.get(field)
    if card is not None:
        mark, said = Mark("low", language.text(N_("Signed"))), language.moment(card.at)
    elif field == due:
        mark, said = Mark("moderate", language.text(N_("Signs next"))), ""
    else:
        mark, said = Mark("incomplete", language.text(N_("Waiting"))), ""
    who = card.signed_by if card is not None else _who(file, field, language)
    return Signature(field, word(SIGNER_FIELDS, field, language), who, mark, said, field == CHAIR)


def _action_said(file: AssessmentFile, action: str, due: str | None, language: Language) -> str:
    if due is None:
        return ""
    role = word(SIGNER_FIELDS, due, language).lower()
    who = _who(file, due, language)
    if action == "sign":
        return language.text(N_("You sign as {role}, with your own key."), role=role)
    return language.text(N_("{name} signs next, as {role}."), name=who[:1].upper() + who[1:], role=role)


def _revision(card: ReportCard, language: Language) -> Revision:
    if is_field(card.signed_as):
        said = language.text(N_("timestamp for the archive, added by {name}"), name=card.signed_by)
        return Revision(language.number(card.revision + 1), said, language.moment(card.at), card.sha256)
    said = (
        language.text(N_("signed by {name}, {role}"), name=card.signed_by, role=word(SIGNER_FIELDS, card.signed_as, language).lower())
        if card.signed_as
        else language.text(N_("made by {name}, unsigned"), name=card.signed_by)
    )
    return Revision(language.number(card.revision + 1), said, language.moment(card.at), card.sha256)
