"""A real encrypted vault for each test, with cheap key derivation and without the computer's keyring."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from desktop.reports.record import RequiredSigner, sealed_record
from forms.answers import Answer, AnswerKey
from forms.reading import read_template
from forms.template import Template
from models import actor, answering, audit, casefile, partner, person, review, sealing, starting, vault
from models.actor import Actor
from models.cards import AssessmentDraft, AssessmentFile, JudgedRating, PartnerDraft, RecommendationDraft, ReviewPoint
from models.wrapping import Cost

ASA, RUT = "åsas egna ord", "ruts egna ord"


@pytest.fixture
def cost() -> Cost:
    return Cost(iterations=1, memory_kib=32, lanes=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "Provvalv.gedigen"


@pytest.fixture
def opened(folder: Path, cost: Cost) -> Iterator[vault.Vault]:
    """The vault of Provstiftelsen (invented), opened by its administrator and caseworker Åsa."""
    made = vault.create(folder=folder, organisation="Provstiftelsen", person_name="Åsa Ek", passphrase=ASA, use_keyring=False, cost=cost)
    with made:
        yield made


@pytest.fixture
def asa(opened: vault.Vault) -> Actor:
    assert opened.opened_by is not None
    return actor.unlock(person=opened.opened_by, passphrase=ASA)


@pytest.fixture
def rut(asa: Actor, cost: Cost) -> Actor:
    card = person.add_person(
        by=asa, administrator_passphrase=ASA, name="Rut Al", email="rut@example.org", roles={"reviewer"}, passphrase=RUT, cost=cost
    )
    return actor.unlock(person=card.id, passphrase=RUT)


@dataclass(frozen=True)
class SmallCase:
    """A case by the three-questions template (tests/forms), caseworker Åsa, reviewer Rut."""

    asa: Actor
    rut: Actor
    partner: UUID
    assessment: UUID
    template: Template

    def key(self, question: str) -> AnswerKey:
        return AnswerKey(self.template.id, question)

    def give(self, question: str, value: int | str, *, why: str = "") -> None:
        answering.give(
            actor=self.asa, assessment=self.assessment, key=self.key(question), answer=Answer("answered", value, "seen"), why=why
        )

    def answer_all(self, board: int = 3) -> None:
        for question, value in (("governance.board.meetings", board), ("governance.plan", "yes"), ("governance.staff", 7)):
            self.give(question, value)

    def file(self) -> AssessmentFile:
        return casefile.read(self.assessment)

    def make_ready(self) -> None:
        """Do all that submitting needs."""
        self.answer_all()
        review.declare_tie(actor=self.asa, assessment=self.assessment, has_tie=False, text="")
        review.judge(actor=self.asa, assessment=self.assessment, rating=JudgedRating(self.template.id, "organisation", "strong"))
        decided = RecommendationDraft(decision="approve", summary="En solid partner.", departure="Mallen har inga regler.")
        review.recommend(actor=self.asa, assessment=self.assessment, draft=decided)

    def submit(self) -> None:
        self.make_ready()
        review.submit(actor=self.asa, assessment=self.assessment)

    def agree(self) -> None:
        self.submit()
        review.declare_tie(actor=self.rut, assessment=self.assessment, has_tie=False, text="")
        points = (ReviewPoint("governance.board.meetings", agrees=True),)
        review.agree(actor=self.rut, assessment=self.assessment, comment="", points=points)

    def seal(self) -> None:
        self.agree()
        sealing.put(actor=self.asa, assessment=self.assessment, record=self.record())

    def record(self) -> bytes:
        """Write the record that would be sealed now."""
        file, (seq, head) = self.file(), audit.head()
        signers = tuple(RequiredSigner(one.field, one.name, one.certificate_sha256) for one in sealing.required_signers(file))
        return sealed_record(file, vault_id=vault.vault_id(), signers=signers, audit_seq=seq, audit_head=head)

    def renew(self, **changes: object) -> SmallCase:
        """Start a renewal of the case, sealed before."""
        chosen = dataclasses.replace(self.file().card.draft, kind="renewal", previous=self.assessment, as_of=date(2027, 3, 9))
        made = starting.start(actor=self.asa, draft=dataclasses.replace(chosen, **changes), template=self.template)  # type: ignore[arg-type]
        return dataclasses.replace(self, assessment=made)


@pytest.fixture
def small_case(asa: Actor, rut: Actor) -> SmallCase:
    template = read_template(Path(__file__).parents[1] / "forms" / "three-questions.yaml")
    made = partner.register(actor=asa, draft=PartnerDraft(name="Källvattnets vänner (påhittad)", country="KE"))
    draft = AssessmentDraft(
        partner=made,
        project=None,
        kind="new",
        collaboration="partner",
        template_id=template.id,
        scope="light",
        scope_reason="Litet belopp",
        as_of=date(2026, 3, 9),
    )
    return SmallCase(asa, rut, made, starting.start(actor=asa, draft=draft, template=template), template)
