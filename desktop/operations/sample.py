"""The sample: two invented cases played through every operation in a vault of their own, as people would have done it."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import yaml
from reportlab.pdfgen.canvas import Canvas

from desktop.operations import answering, assessments, deciding, evidence, partners, reviewing, sealing, signing, templates, vaults
from forms.answers import Answer
from forms.library import Library
from forms.risk import RiskEntry
from forms.text import in_language
from forms.values import Value, as_value
from models.actor import Actor
from models.cards import (
    AgreementCondition,
    AssessmentDraft,
    BankAccount,
    Contact,
    DecisionDraft,
    JudgedRating,
    PartnerDraft,
    ProjectDraft,
    RecommendationDraft,
    ReviewPoint,
)
from models.database import own_day
from models.vault import Vault
from resources import path

#: The sample protects nothing, and its passphrase says so.
PASSPHRASE = "sample vault, not protected"  # noqa: S105 (published on purpose)
ORGANISATION = {"sv": "Lyktan Bistånd (påhittad)", "en": "Lyktan Aid (invented)"}
CASEWORKER, REVIEWER, CHAIR = "Ada Lindqvist", "Ruth Nyberg", "Karin Sandell"
CASES = ("new-partner", "renewal")
VAULT_NAME = "Sample.gedigen"


@dataclass(frozen=True)
class Sample:
    """What the sample consists of: an open vault, its two people unlocked, and each case's assessments, oldest first."""

    vault: Vault
    caseworker: Actor
    reviewer: Actor
    assessments: Mapping[str, tuple[UUID, ...]]


def make_sample(*, folder: Path, language_code: str, said: Callable[[str], None] = lambda _step: None) -> Sample:
    """Make ``Sample.gedigen`` in a folder and play both cases; the vault stays open.

    ``said`` is told each step. Everything really happens now: acts carry today's time, whatever day the case is about.
    """
    opened = vaults.create_vault(
        folder=folder / VAULT_NAME,
        organisation=ORGANISATION[language_code],
        person_name=CASEWORKER,
        passphrase=PASSPHRASE,
        use_keyring=False,
    )
    assert opened.actor is not None  # noqa: S101 (create_vault unlocks its first person)
    ada = opened.actor
    ruth = vaults.add_person(
        by=ada,
        administrator_passphrase=PASSPHRASE,
        name=REVIEWER,
        email="",
        roles=frozenset({"reviewer"}),
        passphrase=PASSPHRASE,
    )
    karin = vaults.add_person(
        by=ada, administrator_passphrase=PASSPHRASE, name=CHAIR, email="", roles=frozenset({"secretary"}), passphrase=PASSPHRASE
    )
    reviewer, chair = (vaults.unlock_person(person_id=one.id, passphrase=PASSPHRASE) for one in (ruth, karin))
    player = _Player(ada, reviewer, chair, templates.offered(), language_code)
    made = {}
    for name in CASES:
        said(name)
        made[name] = player.play(yaml.safe_load(path("samples", f"{name}.yaml").read_text(encoding="utf-8")))
    return Sample(opened.vault, ada, player.reviewer, made)


@dataclass(frozen=True)
class _Player:
    """Plays a case in one language with a caseworker, a reviewer and a chair, each by own key; the chair signs renewals."""

    caseworker: Actor
    reviewer: Actor
    chair: Actor
    templates: Library
    language: str

    def word(self, text: Any) -> str:
        """Choose the language of a text of the sample; plain words stand as they are."""
        return in_language(text, self.language).strip() if isinstance(text, dict) else str(text or "")

    def play(self, case: dict[str, Any]) -> tuple[UUID, ...]:
        """Register partner and project, then go through each assessment; returns their ids, oldest first."""
        partner_id = _made(partners.register_partner(actor=self.caseworker, draft=self._partner(case["partner"])).made)
        project_id = _made(partners.add_project(actor=self.caseworker, partner_id=partner_id, draft=self._project(case["project"])).made)
        done: list[UUID] = []
        for one in case["assessments"]:
            done.append(self._assessment(one, case, partner_id, project_id, done[-1] if done else None))
        return tuple(done)

    def _partner(self, given: dict[str, Any]) -> PartnerDraft:
        return PartnerDraft(
            name=given["name"],
            country=given["country"],
            legal_form=self.word(given["legal_form"]),
            former_names=tuple(given["former_names"]),
            registration_scheme="" if "EXEMPEL" in given["registration_scheme"] else given["registration_scheme"],
            registration_number=given["registration_number"],
            website=given["website"],
            notes=self.word(given["notes"]),
            people=tuple(Contact(one["name"], self.word(one["role"]), one["signs"], one["controls"]) for one in given["people"]),
            accounts=tuple(
                BankAccount(one["holder"], one["bank"], one["country"], one["number"], one["currency"]) for one in given["accounts"]
            ),
        )

    def _project(self, given: dict[str, Any]) -> ProjectDraft:
        return ProjectDraft(
            title=self.word(given["title"]),
            summary=self.word(given["summary"]),
            country=given["country"],
            funding_source=self.word(given["funding_source"]),
            amount_minor=given["amount_minor"],
            currency=given["currency"],
            starts=date.fromisoformat(given["starts"]),
            ends=date.fromisoformat(given["ends"]),
        )

    def _assessment(self, given: dict[str, Any], case: dict[str, Any], partner_id: UUID, project_id: UUID, previous: UUID | None) -> UUID:
        draft = AssessmentDraft(
            partner=partner_id,
            project=project_id,
            kind=given["kind"],
            collaboration=given["collaboration"],
            template_id=case["template"]["id"],
            scope=given["scope"],
            scope_reason=self.word(given["scope_reason"]),
            as_of=date.fromisoformat(given["as_of"]),
            previous=previous if given["kind"] == "renewal" else None,
            rate=Fraction(str(given["rate"])) if given["rate"] is not None else None,
        )
        assessment = _made(assessments.start_assessment(actor=self.caseworker, draft=draft, templates=self.templates).made)
        self._ties(assessment, given, self.caseworker, "caseworker")
        self._evidence(assessment, given, case)
        self._answers(assessment, given, case["template"]["id"])
        self._conclude(assessment, given, case["template"]["id"])
        self._review(assessment, given)
        chaired = given["kind"] == "renewal"
        sealing.seal_assessment(actor=self.caseworker, assessment_id=assessment, chair=chaired)
        for actor in (self.caseworker, self.reviewer, *([self.chair] if chaired else [])):
            signing.sign_report(actor=actor, assessment_id=assessment, language_code=self.language)
        if given["decision"]:
            self._decide(assessment, given)
        return assessment

    def _ties(self, assessment: UUID, given: dict[str, Any], actor: Actor, role: str) -> None:
        for tie in given["ties"]:
            if tie["by"] == role:
                reviewing.declare_tie(actor=actor, assessment_id=assessment, has_tie=tie["has_tie"], text=self.word(tie["text"]))
                if tie["has_tie"]:
                    other = self.reviewer if actor is self.caseworker else self.caseworker
                    resolution = self.word(tie["resolution"])
                    reviewing.resolve_tie(actor=other, assessment_id=assessment, person=actor.person, resolution=resolution)

    def _evidence(self, assessment: UUID, given: dict[str, Any], case: dict[str, Any]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            for one in given["evidence"]:
                document = Path(folder) / one["name"]
                document.write_bytes(_document(one["name"], self.word(one["note"]), self.word(case["invented"])))
                evidence.add_evidence(
                    actor=self.caseworker,
                    assessment_id=assessment,
                    instrument=case["template"]["id"],
                    question=one["question"],
                    path=document,
                    note=self.word(one["note"]),
                    dated=date.fromisoformat(one["dated"]) if one["dated"] else None,
                )

    def _answers(self, assessment: UUID, given: dict[str, Any], instrument: str) -> None:
        for question, one in given["answers"].items():
            if one.get("confirmed"):
                answering.confirm_answer(
                    actor=self.caseworker, assessment_id=assessment, question=question, sentence=self.word(one.get("sentence"))
                )
                continue
            value = one.get("value")
            answer = Answer(
                state=one.get("state", "answered"),
                value=self.word(value) if isinstance(value, dict) else cast(Value | None, as_value(value)),
                known=one.get("known"),
                comment=self.word(one.get("comment")),
                reason=self.word(one.get("reason")),
            )
            answering.give_answer(actor=self.caseworker, assessment_id=assessment, instrument=instrument, question=question, answer=answer)

    def _conclude(self, assessment: UUID, given: dict[str, Any], instrument: str) -> None:
        reviewing.see_result(actor=self.caseworker, assessment_id=assessment)
        for entry in self._risks(assessment, given):
            reviewing.decide_risk(actor=self.caseworker, assessment_id=assessment, entry=entry)
        for one in given["judged"]:
            rating = JudgedRating(instrument, one["area"], one["rating"], self.word(one["reason"]))
            reviewing.judge(actor=self.caseworker, assessment_id=assessment, rating=rating)
        one = given["recommendation"]
        draft = RecommendationDraft(
            decision=one["decision"],
            summary=self.word(one["summary"]),
            departure=self.word(one["departure"]),
            conditions=self._conditions(one["conditions"]),
            capacity_plan=self.word(one["capacity_plan"]),
            visit=self.word(one["visit"]),
            limits=self.word(one["limits"]),
            partner_reply=self.word(one["partner_reply"]),
            next_due=date.fromisoformat(one["next_due"]) if one["next_due"] else None,
        )
        reviewing.recommend(actor=self.caseworker, assessment_id=assessment, draft=draft)
        reviewing.submit(actor=self.caseworker, assessment_id=assessment)

    def _conditions(self, given: list[dict[str, Any]]) -> tuple[AgreementCondition, ...]:
        return tuple(
            AgreementCondition(self.word(one["text"]), one["before"], date.fromisoformat(one["due"]) if one["due"] else None)
            for one in given
        )

    def _risks(self, assessment: UUID, given: dict[str, Any]) -> list[RiskEntry]:
        template = assessments.assessment_file(assessment_id=assessment).template
        proposals = {risk.id: risk for risk in template.risks}
        entries = []
        for one in given["risks"]:
            proposal = proposals[one["proposal"]]
            entries.append(
                RiskEntry(
                    id=proposal.id,
                    proposal=proposal.id,
                    choice=one["choice"],
                    title=self.word(proposal.text),
                    subject=proposal.subject,
                    likelihood=one.get("likelihood", proposal.likelihood),
                    impact=one.get("impact", proposal.impact),
                    on_people=proposal.on_people,
                    mitigation=self.word(one["mitigation"]),
                    residual_likelihood=one["residual_likelihood"],
                    residual_impact=one["residual_impact"],
                    reason=self.word(one.get("reason")),
                )
            )
        return entries

    def _review(self, assessment: UUID, given: dict[str, Any]) -> None:
        self._ties(assessment, given, self.reviewer, "reviewer")
        said = given["review"]["points"]
        file = assessments.assessment_file(assessment_id=assessment)
        points = tuple(
            ReviewPoint(
                line.question, said.get(line.question, {}).get("agrees", True), self.word(said.get(line.question, {}).get("comment"))
            )
            for line in file.result.lines
            if line.key
        )
        reviewing.agree(actor=self.reviewer, assessment_id=assessment, comment=self.word(given["review"]["comment"]), points=points)

    def _decide(self, assessment: UUID, given: dict[str, Any]) -> None:
        one = given["decision"]
        recommended = self._conditions(given["recommendation"]["conditions"])
        draft = DecisionDraft(
            outcome=one["outcome"],
            body=self.word(one["body"]),
            minutes=one["minutes"],
            paragraph=one["paragraph"],
            decided_on=max(date.fromisoformat(one["decided_on"]), own_day()),
            took_no_part=self.word(one["took_no_part"]),
            departure=self.word(one["departure"]),
            conditions=recommended if one["conditions"] == "recommended" else self._conditions(one["conditions"]),
            next_due=date.fromisoformat(one["next_due"]) if one["next_due"] else None,
        )
        deciding.record_decision(actor=self.chair, assessment_id=assessment, draft=draft)


def _made(made: UUID | None) -> UUID:
    if made is None:
        raise AssertionError("this operation makes a record")
    return made


def _document(name: str, note: str, invented: str) -> bytes:
    """Make a one-page PDF that says what it stands for, and that it is invented."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(420, 297), invariant=True)
    canvas.setFont("Helvetica-Bold", 14)
    canvas.drawString(30, 240, name)
    text = canvas.beginText(30, 210)
    text.setFont("Helvetica", 10)
    for line in _wrapped(f"{note} {invented}", 72):
        text.textLine(line)
    canvas.drawText(text)
    canvas.save()
    return buffer.getvalue()


def _wrapped(text: str, width: int) -> list[str]:
    import textwrap

    return textwrap.wrap(text, width)
