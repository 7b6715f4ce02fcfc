"""A comparison is made from sealed records alone, registered at the newest, signed by its caseworker, and verified by its own rule."""

from __future__ import annotations

import dataclasses
import hashlib
from pathlib import Path

import pytest

from desktop.operations import comparing, reporting
from desktop.operations.verifying import vault_grounds
from desktop.reports.verdict import Verdict
from desktop.reports.verification import verify
from models import partner, report, revocation
from models.database import open_register
from models.errors import ActRefused, RecordRefused, VaultDamaged
from models.identity import organisation
from tests.models.conftest import SmallCase, asa, cost, folder, opened, rut, small_case  # noqa: F401
from tests.models.four_years import decide, four_years, ids


@pytest.fixture
def cases(small_case: SmallCase) -> tuple[SmallCase, ...]:  # noqa: F811
    return four_years(small_case)


def registered(cases: tuple[SmallCase, ...], code: str = "sv", part: int = 3) -> list[tuple[int, str]]:
    ones = comparing.compared_ones(partner_id=cases[0].partner)
    return [(one.revision, one.signed_as) for one in comparing.registered_comparison(ones=ones, language_code=code, part=part)]  # type: ignore[arg-type]


def judged(pdf: bytes) -> Verdict:
    grounds = vault_grounds()
    return verify(
        pdf,
        root_pem=grounds.root_pem,
        registered=grounds.registered,
        sealed_records=grounds.sealed_records,
        revocation_lists=revocation.lists(),
    )


@pytest.mark.parametrize("part", [2, 3])
def test_the_newest_assessments_caseworker_signs_and_the_vault_finds_it_valid(cases: tuple[SmallCase, ...], part: int) -> None:
    with pytest.raises(ActRefused, match="caseworker"):
        comparing.sign_comparison(actor=cases[0].rut, partner_id=cases[0].partner, language_code="sv", part=part)  # type: ignore[arg-type]
    assert registered(cases, part=part) == []
    made = comparing.sign_comparison(actor=cases[0].asa, partner_id=cases[0].partner, language_code="sv", part=part).made  # type: ignore[arg-type]
    assert made is not None
    assert registered(cases, part=part) == [(0, "Caseworker")]
    verdict = judged(report.pdf_bytes(made))
    assert (verdict.status, verdict.kind, verdict.file.conformance) == ("valid", "comparison", f"PDF/A-{part}a, PDF/UA-1")
    assert verdict.file.records_sha256 == tuple(one.file().seal.sha256 for one in cases)  # type: ignore[union-attr]
    with pytest.raises(RecordRefused, match="already signed"):
        comparing.sign_comparison(actor=cases[0].asa, partner_id=cases[0].partner, language_code="sv", part=part)  # type: ignore[arg-type]


def test_it_is_registered_at_the_newest_assessment_and_is_no_report_of_it(cases: tuple[SmallCase, ...]) -> None:
    comparing.make_comparison(actor=cases[0].rut, partner_id=cases[0].partner, language_code="sv")
    newest = cases[-1].file()
    assert (newest.reports, [one.kind for one in newest.documents]) == ((), ["comparison"])
    assert all(one.file().documents == () for one in cases[:-1])


def test_an_unsigned_one_is_made_once_by_anybody_and_signed_upon(cases: tuple[SmallCase, ...]) -> None:
    first = comparing.make_comparison(actor=cases[0].rut, partner_id=cases[0].partner, language_code="en").made
    assert comparing.make_comparison(actor=cases[0].asa, partner_id=cases[0].partner, language_code="en").made == first
    assert first is not None
    assert judged(report.pdf_bytes(first)).status == "incomplete"
    comparing.sign_comparison(actor=cases[0].asa, partner_id=cases[0].partner, language_code="en")
    assert registered(cases, "en") == [(0, ""), (1, "Caseworker")]


def test_the_same_records_and_decisions_give_the_same_bytes(cases: tuple[SmallCase, ...]) -> None:
    made = comparing.make_comparison(actor=cases[0].asa, partner_id=cases[0].partner, language_code="en").made
    ones = comparing.compared_ones(partner_id=cases[0].partner)
    again = comparing.preview_comparison(ones=ones, language_code="en", organisation_card=organisation())
    assert made is not None
    assert hashlib.sha256(again).hexdigest() == hashlib.sha256(report.pdf_bytes(made)).hexdigest()


def test_another_choice_and_a_later_decision_are_another_document(cases: tuple[SmallCase, ...]) -> None:
    asked = {"actor": cases[0].asa, "partner_id": cases[0].partner, "language_code": "sv"}
    whole = comparing.make_comparison(**asked).made  # type: ignore[arg-type]
    fewer = comparing.make_comparison(**asked, assessments=[cases[0].assessment, cases[3].assessment]).made  # type: ignore[arg-type]
    assert fewer != whole
    decide(cases[3], "postpone")
    decided = comparing.make_comparison(**asked).made  # type: ignore[arg-type]
    assert decided not in (fewer, whole)
    assert [one.revision for one in cases[3].file().documents] == [0, 1, 2]


def test_a_language_that_an_older_template_lacks_is_refused(cases: tuple[SmallCase, ...]) -> None:
    ones = comparing.compared_ones(partner_id=cases[0].partner)
    assert comparing.comparison_languages(ones) == ("sv", "en")
    with pytest.raises(RecordRefused, match="language"):
        comparing.make_comparison(actor=cases[0].asa, partner_id=cases[0].partner, language_code="fr")


def test_nothing_is_made_from_a_seal_that_is_not_whole(cases: tuple[SmallCase, ...]) -> None:
    register = open_register()
    register.execute_sql("DROP TRIGGER seal_score_no_update")
    register.execute_sql("UPDATE seal_score SET band = 'strong' WHERE kind = 'section'")
    with pytest.raises(VaultDamaged):
        comparing.make_comparison(actor=cases[0].asa, partner_id=cases[0].partner, language_code="sv")
    assert registered(cases) == []


def test_a_file_is_named_by_partner_and_years_in_the_languages_words(cases: tuple[SmallCase, ...], tmp_path: Path) -> None:
    ones = comparing.compared_ones(partner_id=cases[0].partner)
    assert comparing.comparison_file_name(ones, "sv") == "Källvattnets-vänner-påhittad-jämförelse-2026-2030-sv.pdf"
    assert comparing.comparison_file_name(ones, "en", 2) == "Källvattnets-vänner-påhittad-comparison-2026-2030-en-pdfa-2a.pdf"
    made = comparing.make_comparison(actor=cases[0].asa, partner_id=cases[0].partner, language_code="sv").made
    assert made is not None
    reporting.export_report(report_id=made, path=tmp_path / "ut.pdf")
    assert (tmp_path / "ut.pdf").read_bytes() == report.pdf_bytes(made)


def test_a_partner_that_is_protected_since_is_named_by_no_byte_of_it(cases: tuple[SmallCase, ...]) -> None:
    """What was made before names it; what is made from then on does not, and is another document."""
    before = comparing.make_comparison(actor=cases[0].asa, partner_id=cases[0].partner, language_code="sv").made
    now = partner.card(cases[0].partner)
    draft = dataclasses.replace(now.draft, protected=True, cover_name="Tärna")
    partner.edit(actor=cases[0].asa, partner=cases[0].partner, rev=now.rev, draft=draft)
    ones = comparing.compared_ones(partner_id=cases[0].partner)
    assert registered(cases) == []
    assert comparing.comparison_file_name(ones, "sv").startswith("Tärna-")
    made = comparing.make_comparison(actor=cases[0].asa, partner_id=cases[0].partner, language_code="sv").made
    assert made not in (None, before)


def test_what_is_compared_is_chosen_by_what_is_sealed(cases: tuple[SmallCase, ...]) -> None:
    draft = cases[3].renew(as_of=cases[3].file().card.draft.as_of.replace(year=2031))
    with pytest.raises(RecordRefused, match="not sealed"):
        comparing.make_comparison(
            actor=cases[0].asa, partner_id=cases[0].partner, language_code="sv", assessments=[*ids(cases)[:1], draft.assessment]
        )
