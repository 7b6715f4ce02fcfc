"""Certificates, the revocation list and the key for reports as Settings shows them; nothing here knows of a window."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from desktop.language import Language
from desktop.words import Mark
from forms.text import N_
from models.certificates import CertificateCard, RootTerm
from models.revocation import RevocationListCard
from models.signing_choice import SigningCard

#: Why a certificate is revoked, in the order in which it is offered.
REASONS = {
    "key_known": N_("The key or passphrase may be known to somebody else"),
    "replaced": N_("It has been replaced"),
    "other": N_("Another reason"),
}
#: The same for a key that signs reports alone, on a card or from a file.
OWN_KEY_REASONS = {
    "key_known": N_("The card is lost, or the key may be known to somebody else"),
    "replaced": N_("It has been replaced"),
    "other": N_("Another reason"),
}
#: The same for a key that is replaced.
REPLACE_REASONS = {
    "replaced": N_("The passphrase is forgotten"),
    "key_known": N_("The key or passphrase may be known to somebody else"),
    "other": N_("Another reason"),
}
_REVOKED_BECAUSE = {
    "key_known": N_("the key or passphrase may be known to somebody else"),
    "left": N_("the person has left"),
    "replaced": N_("it has been replaced"),
    "other": N_("another reason"),
}
#: From so many days before it is out of date on, it is said that the revocation list should be made anew.
_LIST_WITHIN_DAYS = 60
_ROOT_ENDS = N_(
    "Certificates that are issued now end with it, and Gedigen cannot renew it. Before that day, create a new vault, hand out its root"
    " certificate, and do new assessments there. Keep this one: what was signed here can still be checked where its timestamps are renewed."
)
_ROOT_ENDED = N_(
    "No certificate can be issued or renewed any more, and Gedigen cannot renew this one. Create a new vault, hand out its root"
    " certificate, and do new assessments there. Keep this one: what was signed here can still be checked where its timestamps are renewed."
)


@dataclass(frozen=True)
class CertificateLine:
    """One certificate: what it is for, its serial number and term, where it stands, and what an administrator may do with it."""

    person: UUID
    fingerprint: str
    purpose: str
    title: str
    serial: str
    term: str
    mark: Mark
    because: str
    may_revoke: bool
    may_renew: bool


@dataclass(frozen=True)
class RootState:
    """The root certificate's term in words, with what to do; ``mark`` warns when it comes near its end."""

    said: str
    mark: Mark | None


@dataclass(frozen=True)
class ListState:
    """The organisation's revocation list in words; ``mark`` warns when it is missing or out of date."""

    said: str
    mark: Mark | None
    exists: bool


def certificate_lines(
    cards: tuple[CertificateCard, ...], *, person: UUID, administers: bool, active: bool, language: Language
) -> tuple[CertificateLine, ...]:
    """Word a person's certificates, the newest first."""
    mine = [card for card in cards if card.person == person]
    newest = {purpose: next(card for card in mine if card.purpose == purpose) for purpose in {card.purpose for card in mine}}
    return tuple(
        _line(card, administers=administers, renewable=active and card is newest[card.purpose], language=language) for card in mine
    )


def list_state(card: RevocationListCard | None, *, at: datetime, language: Language) -> ListState:
    """Word the revocation list at a time (naive UTC)."""
    if card is None:
        said = language.text(N_("There is none yet. It is made when somebody is added or a certificate is renewed, or here."))
        return ListState(said, Mark("moderate", language.text(N_("No revocation list"))), exists=False)
    revoked = language.plural("{n} certificate is revoked", "{n} certificates are revoked", card.revoked)
    if not card.revoked:
        revoked = language.text(N_("No certificate is revoked"))
    said = language.text(
        N_("Number {number}, made on {made}, to be made anew by {until}. {revoked}."),
        number=card.number,
        made=card.made_at.date(),
        until=card.next_update.date(),
        revoked=revoked,
    )
    left = (card.next_update - at).days
    if left >= _LIST_WITHIN_DAYS:
        return ListState(said, None, exists=True)
    words = N_("The revocation list is out of date") if card.is_stale(at) else N_("The revocation list is soon out of date")
    return ListState(said, Mark("high" if card.is_stale(at) else "moderate", language.text(words)), exists=True)


def signing_said(card: SigningCard, language: Language) -> str:
    """Say with which key a person signs reports."""
    until = card.certificate.not_valid_after_utc.date()
    serial = f"{card.certificate.serial_number:x}"[:12]
    if card.kind == "token" and card.token is not None:
        said = N_("You sign reports with the key on the card “{label}” (certificate {serial}…, until {until}). Its PIN is asked each time.")
        return language.text(said, label=card.token.label, serial=serial, until=until)
    if card.kind == "file":
        said = N_("You sign reports with your own key from a file, kept under your passphrase (certificate {serial}…, until {until}).")
        return language.text(said, serial=serial, until=until)
    return language.text(
        N_("You sign reports with your key in the vault (certificate {serial}…, until {until})."), serial=serial, until=until
    )


def signing_mark(card: SigningCard, cards: tuple[CertificateCard, ...], *, at: datetime, language: Language) -> Mark | None:
    """Warn when the certificate that a person signs reports with is revoked, has ended or ends soon; ``cards`` are all there are."""
    found = next((one for one in cards if one.fingerprint == card.fingerprint), None)
    if found is None or not found.wants_care(at):
        return None
    if found.state == "revoked":
        return Mark("high", language.text(N_("The certificate is revoked")))
    return Mark("high" if found.ends <= at else "moderate", ending_said(found, today=at.date(), language=language))


def revoking_said(card: CertificateLine, *, name: str, language: Language) -> str:
    """Say what revoking a certificate means for the person."""
    if card.purpose == "acts":
        message = N_(
            "{name} cannot sign, seal or review until there is a new certificate. What was signed before that day, and has a timestamp that"
            " says so, stays valid. This cannot be undone."
        )
    else:
        message = N_(
            "{name} cannot sign reports with this key any more, also none that is sealed already and names it, and chooses another under"
            " Settings. Everything else goes on. What was signed before that day, and has a timestamp that says so, stays valid. This"
            " cannot be undone."
        )
    return language.text(message, name=name)


def root_said(card: RootTerm, *, at: datetime, language: Language) -> RootState:
    """Word until when the root certificate holds, and what to do before it ends."""
    day = card.ends.date()
    if card.has_ended(at):
        mark = Mark("high", language.text(N_("The root certificate ended on {day}"), day=day))
        return RootState(language.text(_ROOT_ENDED), mark)
    if not card.cuts_short(at):
        return RootState(language.text(N_("It holds until {day}."), day=day), None)
    mark = Mark("high" if card.is_near_end(at) else "moderate", language.text(N_("The root certificate ends on {day}"), day=day))
    return RootState(language.text(_ROOT_ENDS), mark)


def ending_said(card: CertificateCard, *, today: date, language: Language) -> str:
    """Say that a certificate has ended or ends soon."""
    day = card.ends.date()
    if day < today:
        return language.text(N_("The certificate ended on {day}"), day=day)
    return language.text(N_("The certificate ends on {day}"), day=day)


def _line(card: CertificateCard, *, administers: bool, renewable: bool, language: Language) -> CertificateLine:
    because = ""
    if card.state == "revoked":
        because = language.text(
            N_("Since {day}: {reason}."), day=card.since.date() if card.since else "", reason=language.text(_REVOKED_BECAUSE[card.reason])
        )
    title = N_("For acts and reports") if card.purpose == "acts" else N_("For reports, own key")
    return CertificateLine(
        person=card.person,
        fingerprint=card.fingerprint,
        purpose=card.purpose,
        title=language.text(title),
        serial=language.text(N_("Serial number {serial}"), serial=card.serial),
        term=f"{language.date(card.begins.date())} – {language.date(card.ends.date())}",
        mark=_mark(card, language),
        because=because,
        may_revoke=administers and card.state != "revoked",
        # A key that may be known to somebody else gets no new certificate: it takes a new key.
        may_renew=administers and renewable and card.reason != "key_known",
    )


def _mark(card: CertificateCard, language: Language) -> Mark:
    match card.state:
        case "in_use":
            return Mark("low", language.text(N_("In use")))
        case "valid":
            return Mark("incomplete", language.text(N_("Still holds, no longer used")))
        case "ended":
            return Mark("moderate", language.text(N_("Ended")))
        case "revoked":
            return Mark("high", language.text(N_("Revoked")))
