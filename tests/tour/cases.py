"""What the tour holds beside the sample: a case in every state, with stop criteria, a waiver, a return and a half-answered draft."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml

from desktop.operations import (
    answering,
    assessments,
    certificates,
    deciding,
    importing,
    outside,
    partners,
    reporting,
    reviewing,
    sample,
    sealing,
    signing,
    templates,
    timestamp_authority,
    timestamping,
    vaults,
)
from desktop.reports.chosen import Chosen
from forms.answers import Answer
from forms.outside import OutsideResult
from forms.risk import RiskEntry
from models import identity
from models.actor import Actor
from models.cards import (
    AddedInstrument,
    AssessmentDraft,
    AssessmentFile,
    DecisionDraft,
    JudgedRating,
    RecommendationDraft,
    ReviewPoint,
    Waiver,
)
from models.database import own_day, utc_now
from models.document_kind import PUBLIC_RECORD
from models.timestamp_setting import AuthoritySetting
from resources import path
from tests.desktop.imported import other_vault
from tests.desktop.reports.local_authority import LocalAuthority

_TEMPLATE = "partner-project"
_NEVER = {
    "finance.payment.route": {"value": "private_or_unlicensed", "known": "seen"},
    "identity.legal": {
        "state": "not_established",
        "reason": {"sv": "Registret var stängt under hela besöket.", "en": "The register was closed during the whole visit."},
    },
}
_BOARD = {"identity.legal": _NEVER["identity.legal"]}
#: An answer that names the partner, which must not stand there once it is protected.
_NAMED = {"identity.legal": {"state": "not_established", "reason": "Registret kände inte till Vännerna vid protected."}}
_SUMMARY = "Två saker behöver styrelsen ta ställning till: betalningsvägen och vem som styr organisationen."
#: What stands beside the main instrument in the case with several: bands of risk by section, and values without bands.
_BESIDE = (AddedInstrument("hact-micro-assessment", "full"), AddedInstrument("chs-commitments", "full"))
#: Name → how far it is brought, and the answers that differ from the sample's new partner.
CASES: dict[str, tuple[str, dict[str, dict[str, Any]]]] = {
    "half": ("half", {}),
    "never-seen": ("seen", _NEVER),
    "never-review": ("review", _NEVER),
    "never-returned": ("returned", _NEVER),
    "never-agreed": ("agreed", _NEVER),
    "never-sealed": ("signed", _NEVER),
    "board-sealed": ("signed", _BOARD),
    "board-waived": ("waived", _BOARD),
    "protected": ("seen", _NAMED),
}
#: What the protected partner is called.
COVER = "Partner Linden"


def make_cases(folder: Path) -> dict[str, UUID]:
    """Make the sample in a folder and play the tour's cases after it, one partner each; gives each one's assessment by name.

    *imported* is another organisation's, from a vault that is made and closed before; new.pdf is a report like it that nobody has kept.
    """
    foreign = other_vault.make(folder / "Systerstiftelsen.gedigen")
    another = other_vault.make(folder / "Grannstiftelsen.gedigen")
    report, root = folder / "foreign.pdf", folder / "foreign.pem"
    for name, sent in (("foreign", foreign), ("new", another)):
        (folder / f"{name}.pdf").write_bytes(sent.both)
        (folder / f"{name}.pem").write_bytes(sent.root_pem)
    made = sample.make_sample(folder=folder, language_code="sv")
    secretary = next(one for one in identity.people() if one.name == sample.CHAIR)
    chair = vaults.unlock_person(person_id=secretary.id, passphrase=sample.PASSPHRASE)
    player = sample._Player(made.caseworker, made.reviewer, chair, templates.offered(), "sv")
    found = {name: _Case(player, name, changes).bring(stage) for name, (stage, changes) in CASES.items()}
    several = _Case(player, "several", {}, added=_BESIDE)
    found["several"] = several.bring("seen")
    _register_results(player, found["half"], made.assessments["renewal"][-1])
    found["renewal-draft"] = _renew(player, made.assessments["renewal"][-1])
    found["renewal"] = made.assessments["renewal"][-1]
    _protect(player, found["protected"])
    _revoke(player)
    checked = importing.check_report(path=report, root=root)
    partner = assessments.assessment_file(assessment_id=found["renewal"]).partner.id
    found["imported"] = sample._made(importing.keep_report(actor=made.caseworker, checked=checked, partner_id=partner).made)
    last = assessments.assessment_file(assessment_id=found["board-waived"]).reports[-1]
    reporting.export_report(report_id=last.id, path=folder / "valid.pdf")
    signing.sign_report(actor=made.caseworker, assessment_id=found["board-waived"], language_code="sv", chosen=Chosen(PUBLIC_RECORD))
    vaults.export_root(path=folder / "root.pem")
    _timestamp(made.caseworker, last.id, folder)
    half = assessments.assessment_file(assessment_id=found["never-sealed"]).reports
    reporting.export_report(report_id=half[0].id, path=folder / "incomplete.pdf")
    changed = bytearray((folder / "valid.pdf").read_bytes())
    changed[len(changed) // 3] ^= 1
    (folder / "invalid.pdf").write_bytes(changed)
    (folder / "unreadable.pdf").write_bytes(b"no report")
    made.vault.close()
    return found


def _protect(player: sample._Player, case: UUID) -> None:
    """Protect the partner of a case whose texts still name it."""
    partner = assessments.assessment_file(assessment_id=case).partner
    draft = replace(partner.draft, protected=True, cover_name=COVER)
    partners.edit_partner(actor=player.caseworker, partner_id=partner.id, rev=partner.rev, draft=draft)


def _revoke(player: sample._Player) -> None:
    """Add a person whose certificate is revoked, and who has no new one."""
    given = {"by": player.caseworker, "administrator_passphrase": sample.PASSPHRASE}
    roles = frozenset({"reviewer"})
    one = vaults.add_person(**given, name="Olof Ek", email="", roles=roles, passphrase=sample.PASSPHRASE)
    certificate = next(card for card in certificates.everybodys() if card.person == one.id)
    certificates.revoke_certificate(**given, person_id=one.id, certificate_sha256=certificate.fingerprint, reason="key_known")


def _timestamp(actor: Actor, report: UUID, folder: Path) -> None:
    """Timestamp a report, export it and the authority's root certificate; in the end no authority is used any more."""
    with LocalAuthority(start=utc_now() - timedelta(days=100)) as server:
        setting = AuthoritySetting(server.url, (server.root_pem.decode(),))
        timestamp_authority.set_authority(actor=actor, setting=setting)
        stamped = timestamping.stamp(timestamping.prepare(document_id=report))
    made = sample._made(timestamping.keep(actor=actor, stamped=stamped).made)
    reporting.export_report(report_id=made, path=folder / "timestamped.pdf")
    (folder / "clock.pem").write_bytes(server.root_pem)
    timestamp_authority.turn_off_authority(actor=actor)


def _register_results(player: sample._Player, *cases: UUID) -> None:
    """Register what other bodies have found about the partners of these cases: one that holds, one that has expired, one taken back."""
    for case in cases:
        partner = assessments.assessment_file(assessment_id=case).partner.id
        results = (
            OutsideResult(
                "FN-organ (påhittat)", "hact_micro_assessment", "moderate", date(2025, 5, 1), date(2028, 5, 1), "Ekonomi och inköp"
            ),
            OutsideResult("Revisionsbyrå (påhittad)", "external_audit", "qualified", date(2023, 6, 1), date(2024, 6, 1), consent="public"),
            OutsideResult("Nätverk (påhittat)", "partner_passport", "shared", date(2023, 6, 1), consent="none"),
        )
        made = [outside.register_result(actor=player.caseworker, partner_id=partner, result=one).made for one in results]
        outside.withdraw_result(actor=player.caseworker, result_id=sample._made(made[-1]), reason="Partnern har skickat en ny.")


class _Case:
    """One partner with one assessment by the sample's answers and a few others."""

    def __init__(
        self, player: sample._Player, name: str, changes: dict[str, dict[str, Any]], *, added: tuple[AddedInstrument, ...] = ()
    ) -> None:
        case = copy.deepcopy(yaml.safe_load(path("samples", "new-partner.yaml").read_text(encoding="utf-8")))
        case["partner"] |= {"name": f"Vännerna vid {name} (påhittad)", "former_names": [], "registration_number": name}
        self._player, self._case = player, case
        self._given = case["assessments"][0]
        self._given["answers"] |= changes
        partner = sample._made(sample.partners.register_partner(actor=player.caseworker, draft=player._partner(case["partner"])).made)
        project = sample._made(
            sample.partners.add_project(actor=player.caseworker, partner_id=partner, draft=player._project(case["project"])).made
        )
        draft = AssessmentDraft(
            partner=partner,
            project=project,
            kind="new",
            collaboration=self._given["collaboration"],
            template_id=_TEMPLATE,
            scope="light",
            scope_reason=player.word(self._given["scope_reason"]),
            as_of=date.fromisoformat(self._given["as_of"]),
            added=added,
        )
        self._id = sample._made(assessments.start_assessment(actor=player.caseworker, draft=draft, templates=player.templates).made)

    def bring(self, stage: str) -> UUID:
        """Go on until a stage is reached."""
        steps: tuple[tuple[str, Callable[[], object]], ...] = (
            ("half", self._half),
            ("seen", self._see),
            ("review", self._hand_over),
            ("returned", self._return),
            ("agreed", self._agree),
            ("signed", self._seal),
            ("waived", self._waive),
        )
        only = {"half": {"half"}, "returned": {"seen", "review", "returned"}}
        for name, step in steps:
            if name in only.get(stage, {"seen", "review", "agreed", "signed", "waived"}):
                step()
            if name == stage:
                break
        return self._id

    @property
    def _file(self) -> AssessmentFile:
        return assessments.assessment_file(assessment_id=self._id)

    def _half(self) -> None:
        self._given["answers"] = dict(list(self._given["answers"].items())[:18])
        self._player._answers(self._id, self._given, _TEMPLATE)

    def _answer_beside(self) -> None:
        """Answer what the added instruments leave open, as it comes; a level now and then is the lowest."""
        for seen in self._file.each()[1:]:
            for place, line in enumerate(seen.result.lines):
                levels = seen.template.question(line.question).levels
                if line.is_open and levels:
                    value = levels[0 if place % 4 == 0 else len(levels) // 2].key
                    answering.give_answer(
                        actor=self._player.caseworker,
                        assessment_id=self._id,
                        instrument=seen.template.id,
                        question=line.question,
                        answer=Answer("answered", value, "seen"),
                    )

    def _see(self) -> None:
        self._player._ties(self._id, self._given, self._player.caseworker, "caseworker")
        self._player._evidence(self._id, self._given, self._case)
        self._player._answers(self._id, self._given, _TEMPLATE)
        self._answer_beside()
        reviewing.see_result(actor=self._player.caseworker, assessment_id=self._id)

    def _hand_over(self) -> None:
        file, word, ada = self._file, self._player.word, self._player.caseworker
        proposals = {risk.id: risk for risk in file.template.risks}
        for risk in file.result.risks:
            one = proposals[risk.id]
            entry = RiskEntry(
                id=one.id,
                proposal=one.id,
                choice="accepted",
                title=word(one.text),
                subject=one.subject,
                likelihood=one.likelihood,
                impact=one.impact,
                on_people=one.on_people,
                mitigation=word(one.mitigation),
                residual_likelihood=2,
                residual_impact=one.impact,
                reason="",
            )
            reviewing.decide_risk(actor=ada, assessment_id=self._id, entry=entry)
        for subject in file.result.subjects:
            rating = JudgedRating(_TEMPLATE, subject.subject, subject.score.band or "limited", "Vi har sett den arbeta.")
            reviewing.judge(actor=ada, assessment_id=self._id, rating=rating)
        given = self._given["recommendation"]
        draft = RecommendationDraft(
            decision=file.result.proposal.decision if file.result.proposal else "decline",
            summary=_SUMMARY,
            conditions=self._player._conditions(given["conditions"]),
            next_due=date(2027, 11, 1),
        )
        reviewing.recommend(actor=ada, assessment_id=self._id, draft=draft)
        reviewing.submit(actor=ada, assessment_id=self._id)

    def _points(self) -> tuple[ReviewPoint, ...]:
        self._player._ties(self._id, self._given, self._player.reviewer, "reviewer")
        return tuple(ReviewPoint(line.question, True, "") for line in self._file.result.lines if line.key)

    def _return(self) -> None:
        first, *others = self._points()
        points = (ReviewPoint(first.question, False, "Handlingen visar något annat."), *others)
        comment = "Den första frågan behöver ses över."
        reviewing.send_back(actor=self._player.reviewer, assessment_id=self._id, comment=comment, points=points)

    def _agree(self) -> None:
        reviewing.agree(actor=self._player.reviewer, assessment_id=self._id, comment="", points=self._points())

    def _seal(self) -> None:
        sealing.seal_assessment(actor=self._player.caseworker, assessment_id=self._id, chair=False)
        for actor in (self._player.caseworker, self._player.reviewer):
            signing.sign_report(actor=actor, assessment_id=self._id, language_code="sv")

    def _waive(self) -> None:
        file = self._file
        limit, control = "Högst 100 000 kr, i en betalning.", "Betalning direkt till leverantören mot faktura."
        draft = DecisionDraft(
            outcome="approve_with_conditions",
            body="Styrelsen",
            minutes="2027:11",
            paragraph="§ 7",
            decided_on=own_day(),
            took_no_part="Eva Holm",
            departure="Styrelsen har fått muntlig bekräftelse.",
            waivers=tuple(Waiver(stop.id, limit, date(2099, 3, 1), control) for stop in file.result.stops),
            conditions=self._player._conditions(self._given["recommendation"]["conditions"]),
            next_due=date(2099, 6, 1),
        )
        deciding.record_decision(actor=self._player.chair, assessment_id=self._id, draft=draft)


def _renew(player: sample._Player, last: UUID) -> UUID:
    before = assessments.assessment_file(assessment_id=last).card.draft
    draft = AssessmentDraft(
        partner=before.partner,
        project=before.project,
        kind="renewal",
        collaboration=before.collaboration,
        template_id=_TEMPLATE,
        scope=before.scope,
        scope_reason="Förnyelse.",
        as_of=date(2027, 11, 21),
        previous=last,
    )
    return sample._made(assessments.start_assessment(actor=player.caseworker, draft=draft, templates=player.templates).made)
