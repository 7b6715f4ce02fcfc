"""What is said about a file that was verified, made from the verdict."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from desktop.digest_words import grouped
from desktop.language import Language
from desktop.reports.verdict import FileFacts, Finding, SignatureFacts, TimestampFacts, Verdict
from desktop.reports.verdict_words import finding_sentence, followed_by, kind_word
from desktop.verify.findings import finding_mark
from desktop.words import SIGNER_FIELDS, Mark, Tone, word
from forms.text import N_

_TONES: dict[str, Tone] = {"valid": "low", "invalid": "high", "incomplete": "moderate", "unreadable": "incomplete"}
_STATUSES = {"valid": N_("Valid"), "invalid": N_("Not valid"), "incomplete": N_("Not complete"), "unreadable": N_("Cannot be read")}
_SENTENCES = {
    "valid": N_("This is the report that was signed, byte for byte, by everyone who had to sign it."),
    "invalid": N_("This is not the report that was signed, or not signed by those it says. Do not rely on it; ask for the original."),
    "incomplete": N_("Nothing wrong was found, but something is missing before one can say that this is the signed report."),
    "unreadable": N_("Nothing can be said about this file, because it could not be read as a report."),
}


@dataclass(frozen=True)
class Said:
    """One finding as a sentence with its mark."""

    mark: Mark
    sentence: str


@dataclass(frozen=True)
class Signer:
    """One signature in words: who, as what, and the facts below; ``certificate`` holds those that few look at."""

    name: str
    mark: Mark
    facts: tuple[tuple[str, str], ...]
    certificate: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class VerdictState:
    """What the room shows of a verdict. ``assessment`` is the one the file is a registered report of."""

    mark: Mark
    sentence: str
    findings: tuple[Said, ...]
    signers: tuple[Signer, ...]
    facts: tuple[tuple[str, str], ...]
    assessment: UUID | None
    plain_text: str
    json: str


def verdict_state(verdict: Verdict, language: Language, *, assessment: UUID | None, organisation: str) -> VerdictState:
    """Word a verdict. ``organisation`` names whose root certificate it was judged by; empty when there was none or it is unknown."""
    mark = Mark(_TONES[verdict.status], language.text(_STATUSES[verdict.status]))
    sentence = language.text(_SENTENCES[verdict.status])
    findings = tuple(_said(one, language) for one in verdict.sentences)
    signers = tuple(_signer(one, language) for one in verdict.signatures)
    facts = _facts(verdict, language, organisation)
    return VerdictState(
        mark=mark,
        sentence=sentence,
        findings=findings,
        signers=signers,
        facts=facts,
        assessment=assessment,
        plain_text=_plain(mark, sentence, findings, signers, facts),
        json=verdict.to_json(),
    )


def _said(finding: Finding, language: Language) -> Said:
    return Said(finding_mark(finding, language), finding_sentence(finding, language))


def _signer(one: SignatureFacts, language: Language) -> Signer:
    text = language.text
    if not one.intact or not one.lawful_later_changes:
        mark = Mark("high", text(N_("Not intact")))
    elif one.trusted is None:
        mark = Mark("moderate", text(N_("Not tied to an organisation")))
    elif not one.trusted:
        mark = Mark("high", text(N_("Not by this organisation")))
    elif one.revocation.standing == "revoked":
        mark = Mark("high", text(N_("Certificate revoked")))
    else:
        mark = Mark("low", text(N_("Intact")))
    facts = (
        (text(N_("Signed as")), word(SIGNER_FIELDS, one.field, language)),
        (text(N_("By their own clock")), moment(one.claimed_at, language)),
        (text(N_("Proven by a timestamp")), moment(one.proven_at, language) or text(N_("no"))),
        (text(N_("Timestamp on it")), _stamp(one.timestamp, language) if one.timestamp is not None else ""),
        (text(N_("Revoked")), _revoked(one, language)),
    )
    certificate = (
        (text(N_("Level")), _level(one, language)),
        (text(N_("Certificate for")), one.subject),
        (text(N_("Issued by")), one.issuer),
        (text(N_("Certificate valid")), f"{moment(one.valid_from, language)} – {moment(one.valid_until, language)}"),
        (text(N_("Serial number")), one.serial),
        (text(N_("Certificate’s SHA-256")), grouped(one.certificate_sha256)),
        (text(N_("Covers")), text(N_("the first {n} bytes"), n=language.number(one.covers_to))),
        (text(N_("Added after it")), followed_by(one, language)),
    )
    return Signer(one.name, mark, *(tuple(fact for fact in some if fact[1]) for some in (facts, certificate)))


def _facts(verdict: Verdict, language: Language, organisation: str) -> tuple[tuple[str, str], ...]:
    text, file = language.text, verdict.file
    # In capitals, as the page for the minutes and Settings have it: it is there to be compared.
    anchor = grouped(verdict.anchor_sha256).upper() if verdict.anchor_sha256 else text(N_("none was given"))
    known = (
        (text(N_("File")), file.name),
        (text(N_("Kind of document")), kind_word(verdict.kind, language)),
        (text(N_("Size")), text(N_("{n} bytes"), n=language.number(file.size))),
        ("SHA-256", grouped(file.sha256)),
        (text(N_("In this vault’s register")), _registered(file, language)),
        (text(N_("Format")), file.conformance),
        (text(N_("SHA-256 of the data inside")), grouped(file.attachment_sha256 or "")),
        (text(N_("Sealed record’s SHA-256")), grouped(file.record_sha256 or "")),
        (text(N_("Sealed records’ SHA-256")), "; ".join(grouped(one) for one in file.records_sha256)),
        *((text(N_("Timestamp over the file")), _stamp(one, language)) for one in verdict.timestamps),
        (text(N_("Judged by the root certificate of")), organisation),
        (text(N_("Root certificate’s fingerprint (SHA-256)")), anchor),
        (text(N_("Roots of timestamp authorities, SHA-256")), "; ".join(grouped(one) for one in verdict.clock_roots_sha256)),
        (text(N_("Revocation lists, SHA-256")), "; ".join(grouped(one) for one in verdict.revocation_lists_sha256)),
        (text(N_("Verified")), text(N_("{at}, without a network"), at=moment(verdict.judged_at, language))),
    )
    return tuple((title, words) for title, words in known if words)


def _registered(file: FileFacts, language: Language) -> str:
    if file.registered is None:
        return language.text(N_("not looked up"))
    return language.text(N_("yes, byte for byte")) if file.registered else language.text(N_("no"))


def _stamp(one: TimestampFacts, language: Language) -> str:
    if one.belief == "believed":
        return language.text(N_("{at} by {authority}"), at=moment(one.at, language), authority=one.authority)
    return language.text(N_("{at} by {authority}; it does not count"), at=moment(one.at, language), authority=one.authority)


def _level(one: SignatureFacts, language: Language) -> str:
    meanings = {
        "B-B": N_("{level}: the signature alone"),
        "B-T": N_("{level}: with a timestamp"),
        "B-LT": N_("{level}: with a timestamp, certificates and revocation list"),
        "B-LTA": N_("{level}: for the archive, with a timestamp over all of it"),
    }
    return language.text(meanings[one.level], level=one.level)


def _revoked(one: SignatureFacts, language: Language) -> str:
    found = one.revocation
    if found.standing == "not checked":
        return language.text(N_("not looked up: no revocation list was at hand"))
    if found.since is None:
        return language.text(N_("no, by a list that was current until {date}"), date=moment(found.current_until, language))
    if found.standing == "later":
        return language.text(N_("on {date}, after it was signed"), date=moment(found.since, language))
    return language.text(N_("on {date}"), date=moment(found.since, language))


def moment(iso: str | None, language: Language) -> str:
    """Word a time of a verdict (ISO 8601, UTC); what is none is given as it is."""
    if not iso:
        return ""
    try:
        at = datetime.fromisoformat(iso.replace("Z", "+00:00"))
    except ValueError:
        return iso
    return language.moment(at.astimezone(UTC).replace(tzinfo=None) if at.tzinfo else at)


def _plain(mark: Mark, sentence: str, findings: tuple[Said, ...], signers: tuple[Signer, ...], facts: tuple[tuple[str, str], ...]) -> str:
    lines = [f"{mark.word}. {sentence}", ""]
    lines += [f"{one.mark.word}: {one.sentence}" for one in findings]
    for signer in signers:
        lines += ["", f"{signer.name}: {signer.mark.word}", *(f"  {title}: {words}" for title, words in signer.facts + signer.certificate)]
    lines += ["", *(f"{title}: {words}" for title, words in facts)]
    return "\n".join(lines) + "\n"
