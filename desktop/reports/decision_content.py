"""The decision document: an extract of the minutes about one assessment, and the hashes that tie it to the report that was read."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from desktop.language import Language
from desktop.reports.archive import finish
from desktop.reports.content import readers_of
from desktop.reports.content_reader import Reader
from desktop.reports.decision_payload import decision_payload
from desktop.reports.layout import Bold, Column, LaidOut, ReportBuilder
from desktop.reports.record import RequiredSigner
from desktop.reports.texts import Cell
from desktop.words import KINDS, SIGNER_FIELDS, word
from forms.money import Money
from forms.text import N_
from models.cards import AssessmentFile, ReportCard
from models.casefile import next_due
from models.decided import Decided
from models.document_kind import DECISION, RECORDER
from models.stops import met_stops

_REPORTS = {
    "sv": N_("Report in Swedish"),
    "en": N_("Report in English"),
    "nb": N_("Report in Norwegian"),
    "fr": N_("Report in French"),
}


def render_decision(
    file: AssessmentFile,
    decided: Decided,
    language: Language,
    *,
    vault_id: UUID,
    certificate_sha256: str,
    organisation: str = "",
    root_fingerprint: str = "",
) -> bytes:
    """Make the document of one decision about a sealed assessment as PDF/A-3a and PDF/UA-1, with an empty field for its recorder.

    ``certificate_sha256`` (hexadecimal) is the certificate that the recorder will sign with; ``root_fingerprint`` the organisation's
    root's. The file's only date is the moment when the decision was recorded: the same arguments give the same bytes. Raises
    ``LanguageLacking`` for a language that a template of the assessment lacks, ValueError for an assessment that is not sealed.
    """
    reader = readers_of(replace(file, decision=decided.card), language)[0]
    recorder = RequiredSigner(RECORDER, decided.card.by_name, certificate_sha256)
    payload = decision_payload(reader, decision_id=decided.id, vault_id=vault_id, recorder=recorder, reports=decided.reports)
    laid_out = decision_layout(file, decided, language, organisation=organisation, root_fingerprint=root_fingerprint)
    record = reader.file.seal.sha256 if reader.file.seal is not None else ""
    return finish(laid_out, now=decided.card.at, kind=DECISION, payload=payload, record_sha256=record)


def decision_layout(
    file: AssessmentFile, decided: Decided, language: Language, *, organisation: str = "", root_fingerprint: str = ""
) -> LaidOut:
    """Set the document on pages; arguments and errors as in ``render_decision``."""
    reader = readers_of(replace(file, decision=decided.card), language)[0]
    made = _Decision(reader, decided, organisation, root_fingerprint)
    made.write()
    return made.report.lay_out()


class _Decision:
    def __init__(self, reader: Reader, decided: Decided, organisation: str, root_fingerprint: str) -> None:
        self.reader, self.decided, self.file = reader, decided, reader.file
        self.draft, self.language, self.text = decided.card.draft, reader.language, reader.language.text
        self.organisation, self.root_fingerprint = organisation, root_fingerprint
        case = self.file.card.case_number
        self.report = ReportBuilder(
            language=self.language,
            title=self.text(N_("{partner}: decision on assessment {case}"), partner=self.file.partner.name, case=case),
            subject=self.text(
                N_("Extract of the minutes {minutes}, {paragraph}"), minutes=self.draft.minutes, paragraph=self.draft.paragraph
            ),
            author=organisation,
            left=f"{case} · {self.file.partner.name}",
            right=self.text(N_("Decision of {date}"), date=self.draft.decided_on),
            foot=organisation,
        )

    def write(self) -> None:
        """Write it from top to bottom."""
        self._what_was_decided()
        self._who_took_part()
        self._recommendation()
        self._waivers()
        self._conditions()
        with self.report.keep_together():  # a signature never stands alone on a page
            self._about()
            self._signature()

    def _what_was_decided(self) -> None:
        report, text, draft = self.report, self.text, self.draft
        report.title(text(N_("Extract of the minutes")), subtitle=self._concerns())
        report.paragraph(text(N_("Decision: {decision}"), decision=self.reader.decision(draft.outcome).lower()), style="statement")
        facts: list[tuple[str, Cell]] = [
            (text(N_("Decided by")), Bold(draft.body)),
            (text(N_("Minutes")), f"{draft.minutes}, {draft.paragraph}"),
            (text(N_("Date")), self.language.date(draft.decided_on)),
        ]
        due = next_due(self.file.card.draft, draft, self.file.recommendation)
        if due is not None:
            facts.append((text(N_("Next assessment due")), Bold(self.language.date(due))))
        report.facts(facts, widths=(2, 1.6, 1, 1.3)[: len(facts)])
        terms = self.file.card.draft.rapid
        if terms is not None and draft.granted_minor is not None and draft.granted_until is not None:
            amount = Money(draft.granted_minor, terms.currency, whole=True)
            granted = text(N_("{amount}, until {date}"), amount=amount, date=draft.granted_until)
            report.key_values([(text(N_("Granted")), Bold(granted))])

    def _concerns(self) -> str:
        project = self.file.project
        amount = self.reader.amount()
        parts = [self.file.partner.name, project.draft.title if project is not None else "", amount]
        return " · ".join(part for part in parts if part)

    def _who_took_part(self) -> None:
        self.report.heading(2, self.text(N_("Who took no part, and why")))
        nobody = self.text(N_("The minutes name nobody who took no part."))
        self.report.paragraph(self.draft.took_no_part or nobody)

    def _recommendation(self) -> None:
        report, text, draft = self.report, self.text, self.draft
        recommended = self.file.recommendation
        report.heading(2, text(N_("The recommendation")))
        if recommended is None:
            report.paragraph(text(N_("There was no recommendation.")))
        else:
            sentence = N_("The caseworker recommended: {decision}.")
            report.paragraph(text(sentence, decision=self.reader.decision(recommended.decision).lower()))
            if recommended.decision == draft.outcome and not draft.departure:
                report.paragraph(text(N_("The decision follows the recommendation.")))
        if draft.departure:
            report.paragraph([Bold(text(N_("The decision departs from it because:"))), " ", draft.departure])

    def _waivers(self) -> None:
        report, text = self.report, self.text
        met = {stop.id: stop for stop in met_stops(self.file)}
        if not met:
            return
        count = len(met)
        report.heading(2, self.language.plural("{n} stop criterion was met", "{n} stop criteria were met", count))
        waived = {one.stop: one for one in self.draft.waivers}
        if waived:
            report.table(
                [
                    Column(text(N_("Waived stop criterion")), 3.2),
                    Column(text(N_("At most")), 2),
                    Column(text(N_("Until")), 1.3),
                    Column(text(N_("Compensating control")), 3.2),
                ],
                [
                    [
                        self.reader.own(met[one.stop].text) if one.stop in met else one.stop,
                        one.limit,
                        self.language.date(one.until),
                        one.control,
                    ]
                    for one in self.draft.waivers
                ],
                summary=text(N_("Each waiver of a stop criterion with its limit, its last day and the control that replaces it.")),
                by_content=True,
            )
        standing = [self.reader.own(stop.text) for stop in met.values() if stop.id not in waived]
        if standing:
            report.paragraph(text(N_("Not waived:")))
            report.bullets(standing)

    def _conditions(self) -> None:
        conditions = self.draft.conditions
        if not conditions:
            return
        report, text = self.report, self.text
        report.heading(2, text(N_("On these conditions")))
        report.table(
            [Column("", 0.4), Column(text(N_("Condition")), 7), Column(text(N_("To be met")), 2.6)],
            [
                [self.language.number(number), one.text, Bold(_capital(self.reader.condition_due(one)))]
                for number, one in enumerate(conditions, start=1)
            ],
            by_content=True,
        )

    def _about(self) -> None:
        report, text, card = self.report, self.text, self.file.card
        report.heading(2, text(N_("What the decision is about")))
        kind = word(KINDS, card.draft.kind, self.language)
        names = [self.reader.own(seen.template.name) for seen in self.file.each()]
        period = self.reader.period()
        facts: list[tuple[str, Cell]] = [
            (text(N_("Case number")), Bold(card.case_number)),
            (text(N_("Assessment")), f"{kind}, {self.language.date(card.draft.as_of)}: {self.language.listing(names)}"),
        ]
        if period:
            facts.append((text(N_("Project period")), period))
        report.facts(facts, widths=(1, 2.6, 1.9)[: len(facts)])
        digests = [(text(N_("Sealed record")), self.file.seal.sha256)] if self.file.seal is not None else []
        digests += [(_revision(one, self.language), one.sha256) for one in self.decided.reports]
        report.digests(digests)
        if self.decided.reports:
            said = N_(
                "Each line above is the SHA-256 of a file. The report that the board read is one of them: whoever has it can compute its "
                "SHA-256 and compare. The report itself was not changed by this decision."
            )
        else:
            said = N_(
                "The line above is the SHA-256 of the sealed record. No report of it was registered before the decision was recorded; "
                "every later one carries this record inside."
            )
        report.paragraph(text(said), style="small")

    def _signature(self) -> None:
        report, text, card = self.report, self.text, self.decided.card
        with report.keep_together():
            report.heading(2, text(N_("Signature")))
            report.signature_fields([(RECORDER, word(SIGNER_FIELDS, RECORDER, self.language), card.by_name)])
            said = N_(
                "Recorded {at}. The signature shows who recorded the decision and that this extract has not been changed since; the "
                "minutes themselves remain what decides. It is not a qualified electronic signature."
            )
            report.paragraph(text(said, at=card.at), style="small")
            check = text(N_("Anyone can check this file against the organisation’s root certificate:"))
            report.paragraph([check, " ", Bold(text(N_("gedigen verify FILE --root PEM")))], style="small")
            if self.root_fingerprint:
                report.digests([(text(N_("Root certificate")), self.root_fingerprint)])


def _revision(card: ReportCard, language: Language) -> str:
    """Name a revision of the report: its language, its number, and whose signature it ends with."""
    report, number = language.text(_REPORTS[card.language]), card.revision + 1
    if not card.signed_as:
        return language.text(N_("{report}, revision {number}, unsigned"), report=report, number=number)
    if card.signed_as not in SIGNER_FIELDS:
        return language.text(N_("{report}, revision {number}, timestamped"), report=report, number=number)
    signer = word(SIGNER_FIELDS, card.signed_as, language).lower()
    return language.text(N_("{report}, revision {number}: {signer}"), report=report, number=number, signer=signer)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
