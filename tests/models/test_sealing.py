"""What a seal promises: what was reviewed is what is frozen, what is read is what was frozen, and any difference is found."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable

import pytest

from forms.canonical import canonical_json
from models import audit, casefile, partner, person, review, seal, sealing
from models.assessment import TemplateText
from models.cards import PartnerDraft
from models.errors import NotReady, RecordRefused, VaultDamaged
from models.remaining import obstacles
from tests.models.conftest import SmallCase


def rename(case: SmallCase) -> None:
    card = partner.card(case.partner)
    draft = PartnerDraft(name="Ett nytt namn (påhittat)", country="SE", notes="Flyttat.")
    partner.edit(actor=case.asa, partner=case.partner, rev=card.rev, draft=draft)


def damage(statement: str, *values: object) -> None:
    """Change the vault as only somebody with its key and without its triggers can."""
    database = seal.Seal._meta.database
    for trigger in ("seal_no_update", "seal_score_no_update", "template_text_no_update", "audit_entry_no_update"):
        database.execute_sql(f"DROP TRIGGER {trigger}")
    database.execute_sql(statement, values)


def test_what_was_changed_after_the_review_is_not_sealed_in_its_name(small_case: SmallCase) -> None:
    small_case.agree()
    rename(small_case)
    assert [one.id for one in obstacles(small_case.file(), stage="seal")] == ["changed_since_review"]
    with pytest.raises(NotReady):
        sealing.put(actor=small_case.asa, assessment=small_case.assessment, record=small_case.record())
    review.reopen(actor=small_case.asa, assessment=small_case.assessment)
    small_case.seal()
    assert sealing.faults(small_case.assessment) == ()


def test_a_sealed_case_says_what_it_said_whatever_happens_to_the_partner(small_case: SmallCase) -> None:
    small_case.seal()
    before = small_case.file()
    rename(small_case)
    after = small_case.file()
    assert partner.card(small_case.partner).rev == 2
    assert (after.partner, after.result, after.card) == (before.partner, before.result, before.card)
    assert small_case.renew().file().partner.name == "Ett nytt namn (påhittat)"


def test_a_reviewer_who_left_before_the_seal_is_no_longer_asked_to_sign(small_case: SmallCase) -> None:
    small_case.agree()
    record = small_case.record()
    person.end_person(by=small_case.asa, person=small_case.rut.person)
    with pytest.raises(NotReady, match="Rut Al"):
        sealing.put(actor=small_case.asa, assessment=small_case.assessment, record=record)


@pytest.mark.parametrize(
    "change",
    [
        lambda said: said["answers"].pop(),
        lambda said: said["answers"][0].update(value=4),
        lambda said: said["partner"].update(rev=7),
        lambda said: said["result"].update(required=99),
        lambda said: said["recommendation"].update(decision="decline"),
        lambda said: said["required_signers"].pop(),
        lambda said: said["required_signers"][1].update(said["required_signers"][0], field="Reviewer"),
        lambda said: said["audit"].update(seq=1),
        lambda said: said["template"].update(sha256="0" * 64),
    ],
)
def test_a_record_that_says_anything_else_is_not_sealed(small_case: SmallCase, change: Callable[[dict[str, object]], object]) -> None:
    small_case.agree()
    said = json.loads(small_case.record())
    change(said)
    with pytest.raises(RecordRefused):
        sealing.put(actor=small_case.asa, assessment=small_case.assessment, record=canonical_json(said))
    assert small_case.file().card.state == "agreed"


def test_a_seal_scored_again_comes_to_the_same_bytes(small_case: SmallCase) -> None:
    small_case.seal()
    assert sealing.faults(small_case.assessment) == ()
    assert small_case.file().result.to_bytes() == seal.result_bytes(small_case.assessment)
    assert audit.check_chain().whole


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE seal SET record = CAST(replace(CAST(record AS TEXT), 'solid', 'sold') AS BLOB)", "record"),
        ("UPDATE seal SET result = CAST(replace(CAST(result AS TEXT), 'strong', 'weak') AS BLOB)", "result"),
        ("UPDATE seal_score SET band = 'weak'", "scores"),
        ("UPDATE seal SET audit_seq = audit_seq - 1", "trail"),
    ],
)
def test_whatever_differs_in_a_seal_is_found(small_case: SmallCase, statement: str, fault: str) -> None:
    small_case.seal()
    damage(statement)
    assert fault in sealing.faults(small_case.assessment)
    with pytest.raises(VaultDamaged):
        sealing.require_whole(small_case.assessment)


def test_a_changed_record_is_not_shown_as_if_it_were_the_sealed_one(small_case: SmallCase) -> None:
    small_case.seal()
    damage("UPDATE seal SET record = x'7b7d'")
    with pytest.raises(VaultDamaged):
        casefile.read(small_case.assessment)


def test_a_template_that_was_changed_in_the_vault_scores_nothing(small_case: SmallCase) -> None:
    kept = bytes(TemplateText.get().body).replace(b'"from":80', b'"from":81')
    damage("UPDATE template_text SET body = ?", kept)
    with pytest.raises(VaultDamaged):
        small_case.file()


def test_nothing_of_a_seal_stays_when_its_entry_cannot_be_made(small_case: SmallCase) -> None:
    small_case.agree()
    record = small_case.record()
    small_case.asa.lock()
    with pytest.raises(Exception, match="locked"):
        sealing.put(actor=small_case.asa, assessment=small_case.assessment, record=record)
    assert not seal.is_sealed(small_case.assessment)
    assert seal.kept_scores(small_case.assessment) == ()


def test_a_card_that_cannot_be_read_quotes_nothing_of_it(small_case: SmallCase) -> None:
    from models import body

    with pytest.raises(VaultDamaged) as caught:
        body.read('{"name": 7, "secret": "hemligt"}', PartnerDraft)
    assert "hemligt" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert dataclasses.is_dataclass(PartnerDraft)
