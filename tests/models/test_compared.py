"""Sealed assessments set beside each other: read from their records, the oldest first, and under the cover name of a protected partner."""

from __future__ import annotations

import dataclasses
import json

import pytest

from forms.answers import AnswerKey
from forms.canonical import canonical_json
from models import case_list, compared, partner, sealed_file
from models.cards import AssessmentFile, PartnerDraft
from models.database import open_register
from models.errors import RecordRefused, VaultDamaged
from tests.models.conftest import SmallCase
from tests.models.four_years import AUDIT, BOARD, SECOND, SESSIONS, decide, finish, four_years, ids


def protect(case: SmallCase, **changes: object) -> None:
    now = partner.card(case.partner)
    draft = dataclasses.replace(now.draft, protected=True, cover_name="Tärna", **changes)  # type: ignore[arg-type]
    partner.edit(actor=case.asa, partner=case.partner, rev=now.rev, draft=draft)


def test_all_that_nothing_replaces_are_compared_the_oldest_first(small_case: SmallCase) -> None:
    cases = four_years(small_case)
    found = compared.read(partner=small_case.partner)
    assert tuple(one.card.id for one in found.files) == ids(cases)
    assert found.newest.card.id == cases[-1].assessment
    assert [one.template.version for one in found.files] == ["1", "1", "2", "2"]
    assert found.records == tuple(one.file().seal.sha256 for one in cases)  # type: ignore[union-attr]
    assert found.name == "Källvattnets vänner (påhittad)"


def test_chosen_ones_are_compared_by_age_however_they_are_named(small_case: SmallCase) -> None:
    cases = four_years(small_case)
    chosen = [cases[3].assessment, cases[0].assessment, cases[3].assessment]
    found = compared.read(partner=small_case.partner, assessments=chosen)
    assert [one.card.id for one in found.files] == [cases[0].assessment, cases[3].assessment]


def test_what_stands_in_the_record_is_what_the_vault_says_of_a_sealed_case(small_case: SmallCase) -> None:
    for case in four_years(small_case):
        said, kept = sealed_file.read(case.assessment), case.file()
        assert said.result == kept.result
        assert said.template == kept.template
        assert dict(said.answers.answers) == dict(kept.answers.answers)
        assert (said.risks, said.judged, said.recommendation) == (kept.risks, kept.judged, kept.recommendation)
        assert (said.scope, said.is_main, said.decision) == (kept.scope, True, kept.decision)


def test_it_is_the_record_that_is_read_and_not_the_tables(small_case: SmallCase) -> None:
    """Were a table changed behind the program's back, the comparison would still say what was sealed."""
    finish(small_case, SECOND)
    register = open_register()
    for name in ("answer_current_not_sealed_update", "answer_current_not_sealed_delete"):
        register.execute_sql(f"DROP TRIGGER {name}")
    register.execute_sql("DELETE FROM answer_current")
    assert small_case.file().answers.of("three-questions", BOARD) is None
    assert sealed_file.read(small_case.assessment).answers.of("three-questions", BOARD).value == 3  # type: ignore[union-attr]


def test_a_record_that_was_changed_is_damage(small_case: SmallCase) -> None:
    finish(small_case, SECOND)
    register = open_register()
    register.execute_sql("DROP TRIGGER seal_no_update")
    register.execute_sql("UPDATE seal SET record = CAST(replace(record, 'Tre', 'Fem') AS BLOB)")
    with pytest.raises(VaultDamaged):
        sealed_file.read(small_case.assessment)


def test_a_template_that_is_not_the_one_its_record_names_is_damage(small_case: SmallCase) -> None:
    import hashlib

    finish(small_case, SECOND)
    file = small_case.file()
    assert file.seal is not None
    record = json.loads(file.seal.record)
    record["template"]["content"]["version"] = "9"
    changed = canonical_json(record)
    register = open_register()
    register.execute_sql("DROP TRIGGER seal_no_update")
    register.execute_sql("UPDATE seal SET record = ?, sha256 = ?", (changed, hashlib.sha256(changed).hexdigest()))
    with pytest.raises(VaultDamaged):
        sealed_file.read(small_case.assessment)


def test_fewer_than_two_and_what_is_not_sealed_are_refused(small_case: SmallCase) -> None:
    with pytest.raises(RecordRefused, match="takes two"):
        compared.read(partner=small_case.partner)
    with pytest.raises(RecordRefused, match="not sealed"):
        compared.read(partner=small_case.partner, assessments=[small_case.assessment])
    with pytest.raises(RecordRefused, match="not sealed"):
        sealed_file.read(small_case.assessment)
    finish(small_case, SECOND)
    with pytest.raises(RecordRefused, match="takes two"):
        compared.read(partner=small_case.partner, assessments=[small_case.assessment] * 2)


def test_another_partners_assessment_is_refused(small_case: SmallCase) -> None:
    cases = four_years(small_case)
    other = partner.register(actor=small_case.asa, draft=PartnerDraft(name="Annan (påhittad)", country="SE"))
    with pytest.raises(RecordRefused, match="one and the same partner"):
        compared.read(partner=other, assessments=ids(cases)[:2])


def test_a_replaced_assessment_is_compared_only_when_it_is_chosen(small_case: SmallCase) -> None:
    finish(small_case, SECOND)
    correction = small_case.renew(kind="new", previous=None, supersedes=small_case.assessment, as_of=small_case.file().card.draft.as_of)
    finish(correction, SECOND)
    cards = case_list.cards(partner=small_case.partner)
    assert [one.id for one in compared.choosable(cards)] == [small_case.assessment, correction.assessment]
    assert [one.id for one in compared.usual(cards)] == [correction.assessment]
    found = compared.read(partner=small_case.partner, assessments=[small_case.assessment, correction.assessment])
    assert found.files[0].card.state == "superseded"


def test_no_more_are_compared_than_there_is_room_for(small_case: SmallCase) -> None:
    cards = case_list.cards(partner=small_case.partner)
    many = tuple(dataclasses.replace(cards[0], state="sealed", id=small_case.partner.__class__(int=number)) for number in range(8))
    assert [one.id.int for one in compared.usual(many)] == [2, 3, 4, 5, 6, 7]


def test_what_a_comparison_is_made_from_is_told_apart(small_case: SmallCase) -> None:
    cases = four_years(small_case)
    before = compared.read(partner=small_case.partner)
    assert compared.read(partner=small_case.partner).to_bytes() == before.to_bytes()
    assert compared.read(partner=small_case.partner, assessments=ids(cases)[:2]).to_bytes() != before.to_bytes()
    decide(cases[3], "postpone")
    decided = compared.read(partner=small_case.partner)
    assert (decided.records, decided.to_bytes() != before.to_bytes()) == (before.records, True)
    assert decided.dated > before.dated


def words(files: tuple[AssessmentFile, ...]) -> str:
    """Everything that could be printed of what is compared."""
    return " ".join(
        repr((one.card, one.partner, one.project, one.answers, one.risks, one.judged, one.recommendation, one.reviews, one.decision))
        for one in files
    )


def test_a_partner_protected_since_goes_by_its_cover_name_in_every_year(small_case: SmallCase) -> None:
    cases = four_years(small_case)
    last = cases[3].renew(as_of=dataclasses.replace(cases[3].file().card.draft).as_of.replace(year=2031))
    from forms.answers import Answer

    finish(
        last,
        {SESSIONS: Answer("answered", 2, "seen", "Källvattnets vänner har valt en ny ordförande."), AUDIT: 3, "governance.plan": "yes"},
    )
    protect(small_case)
    found = compared.read(partner=small_case.partner)
    assert found.name == "Tärna"
    assert {one.partner.name for one in found.files} == {"Tärna"}
    assert "Källvatten" not in words(found.files)
    assert found.newest.answers[AnswerKey("three-questions", SESSIONS)].comment == "[Tärna] har valt en ny ordförande."
    assert len(found.records) == 5


def test_a_cover_name_that_any_of_the_years_had_is_kept_when_the_partner_is_no_longer_protected(small_case: SmallCase) -> None:
    protect(small_case)
    finish(small_case, SECOND)
    now = partner.card(small_case.partner)
    open_again = dataclasses.replace(now.draft, protected=False, cover_name="")
    partner.edit(actor=small_case.asa, partner=small_case.partner, rev=now.rev, draft=open_again)
    second = small_case.renew()
    finish(second, SECOND)
    found = compared.read(partner=small_case.partner)
    assert found.name == "Tärna"
    assert "Källvatten" not in words(found.files)


def test_an_earlier_cover_name_is_covered_by_the_one_of_today(small_case: SmallCase) -> None:
    from forms.answers import Answer

    protect(small_case)
    finish(small_case, {**SECOND, BOARD: Answer("answered", 3, "seen", "Tärna har en styrelse.")})
    second = small_case.renew()
    finish(second, SECOND)
    now = partner.card(small_case.partner)
    partner.edit(
        actor=small_case.asa, partner=small_case.partner, rev=now.rev, draft=dataclasses.replace(now.draft, cover_name="Björktrasten")
    )
    found = compared.read(partner=small_case.partner)
    assert (found.name, "Tärna" in words(found.files)) == ("Björktrasten", False)
    assert found.files[0].answers[AnswerKey("three-questions", BOARD)].comment == "[Björktrasten] har en styrelse."
