"""A batch step by step: what is read of the cases beforehand, and what can have changed between looking a document up and writing it."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from desktop.operations import sealing, signing
from desktop.operations.batch import look_up, names_taken, read_case, write
from desktop.operations.handing_out import NameTaken
from desktop.operations.sealed_cases import sealed_cases
from desktop.operations.wanted import NotMade, NotSigned, Terms, Wanted
from desktop.reports.chosen import MAIN, Chosen
from models import audit, partner, report
from models.document_kind import PARTNER_FEEDBACK, PUBLIC_RECORD
from models.errors import ActRefused, RecordRefused
from tests.models.conftest import SmallCase, asa, cost, folder, opened, rut, small_case  # noqa: F401

COVER = "Partner K"


@pytest.fixture
def sealed(small_case: SmallCase) -> SmallCase:  # noqa: F811
    small_case.agree()
    sealing.seal_assessment(actor=small_case.asa, assessment_id=small_case.assessment)
    return small_case


def protect(case: SmallCase) -> None:
    """Protect the partner from now on."""
    card = partner.card(case.partner)
    partner.edit(
        actor=case.asa, partner=case.partner, rev=card.rev, draft=dataclasses.replace(card.draft, protected=True, cover_name=COVER)
    )


def wanted(case: SmallCase, chosen: Chosen = MAIN, code: str = "sv") -> Wanted:
    (read,) = sealed_cases(assessments=[case.assessment])
    return Wanted(case.assessment, read.case_number, read.partner, code, chosen)


def acts(count: int) -> list[str]:
    return [one.act for one in audit.entries(first=audit.head()[0] - count + 1)]


def test_a_case_says_its_languages_and_how_far_its_documents_are_signed(sealed: SmallCase) -> None:
    draft = sealed.renew()
    signing.sign_report(actor=sealed.asa, assessment_id=sealed.assessment, language_code="sv")
    one, other = sealed_cases(assessments=[draft.assessment, sealed.assessment])
    assert (one.case_number, one.is_sealed, set(one.languages)) == ("2026-001", True, {"sv", "en"})
    assert [(each.document.language, each.filled) for each in one.documents] == [("sv", frozenset({"", "Caseworker"}))]
    assert (other.is_sealed, other.documents) == (False, ())


def test_a_case_that_is_not_there_is_refused(sealed: SmallCase) -> None:
    with pytest.raises(RecordRefused):
        sealed_cases(assessments=[sealed.partner])


def test_a_partner_that_was_protected_later_goes_by_its_cover_name_and_the_case_says_that_it_is_named_inside(
    sealed: SmallCase, tmp_path: Path
) -> None:
    protect(sealed)
    (read,) = sealed_cases(assessments=[sealed.assessment])
    assert (read.partner, read.is_protected, read.names_partner) == (COVER, True, True)
    terms = Terms(tmp_path, unsigned=True)
    made = write(actor=sealed.asa, found=look_up(ready=read_case(wanted=wanted(sealed)), terms=terms, can_make=True), terms=terms)
    assert made.file.name == "2026-001-Partner-K-sv.pdf"


def test_a_partner_protected_while_a_public_record_is_laid_out_gets_none(sealed: SmallCase, tmp_path: Path) -> None:
    terms = Terms(tmp_path, unsigned=True)
    found = look_up(ready=read_case(wanted=wanted(sealed, Chosen(PUBLIC_RECORD))), terms=terms, can_make=True)
    protect(sealed)
    before = audit.head()
    with pytest.raises(RecordRefused, match="protected"):
        write(actor=sealed.asa, found=found, terms=terms)
    assert (audit.head(), list(tmp_path.glob("*.pdf"))) == (before, [])


def test_a_report_signed_while_it_was_looked_up_is_written_signed(sealed: SmallCase, tmp_path: Path) -> None:
    terms = Terms(tmp_path, unsigned=True)
    found = look_up(ready=read_case(wanted=wanted(sealed)), terms=terms, can_make=True)
    signing.sign_report(actor=sealed.asa, assessment_id=sealed.assessment, language_code="sv")
    made = write(actor=sealed.asa, found=found, terms=terms)
    newest = report.revisions(sealed.assessment, "sv")[-1]
    assert (made.sha256, made.signed, made.is_new) == (newest.sha256, ("Caseworker",), False)


def test_feedback_is_entered_in_the_audit_trail_with_its_file_or_not_at_all(sealed: SmallCase, tmp_path: Path) -> None:
    gone = Terms(tmp_path / "nowhere", unsigned=True)
    asked = wanted(sealed, Chosen(PARTNER_FEEDBACK))
    with pytest.raises(RecordRefused):
        write(actor=sealed.asa, found=look_up(ready=read_case(wanted=asked), terms=gone, can_make=True), terms=gone)
    assert acts(1) == ["report.made"]
    here = dataclasses.replace(gone, folder=tmp_path)
    found = look_up(ready=read_case(wanted=asked), terms=here, can_make=True)
    with pytest.raises(ActRefused, match="by a person"):
        write(actor=None, found=found, terms=here)
    made = write(actor=sealed.asa, found=found, terms=here)
    assert acts(2) == ["report.made", "report.exported"]
    assert made.file.exists()


def test_feedback_that_is_there_already_is_not_handed_out_once_more(sealed: SmallCase, tmp_path: Path) -> None:
    terms, asked = Terms(tmp_path, unsigned=True), wanted(sealed, Chosen(PARTNER_FEEDBACK))
    for was_there in (False, True):
        found = look_up(ready=read_case(wanted=asked), terms=terms, can_make=True)
        assert write(actor=sealed.asa, found=found, terms=terms).was_there is was_there
    assert acts(3).count("report.exported") == 1


def test_what_nobody_has_signed_or_made_is_told_apart(sealed: SmallCase, tmp_path: Path) -> None:
    ready = read_case(wanted=wanted(sealed))
    with pytest.raises(NotSigned):
        look_up(ready=ready, terms=Terms(tmp_path), can_make=True)
    with pytest.raises(NotMade):
        look_up(ready=ready, terms=Terms(tmp_path, unsigned=True), can_make=False)


@pytest.mark.parametrize(
    ("taken", "asked", "names"),
    [
        ("leave", True, None),
        ("replace", False, None),
        ("replace", True, ["{}"]),
        ("beside", True, ["{}", "{} (2)", "{} (3)"]),
    ],
)
def test_a_file_of_the_same_name_is_replaced_only_when_it_was_asked_about(
    sealed: SmallCase, tmp_path: Path, taken: str, asked: bool, names: list[str] | None
) -> None:
    one = wanted(sealed)
    assert names_taken(folder=tmp_path, wanted=[one]) == ()
    stem = "2026-001-Källvattnets-vänner-påhittad-sv"
    for at in ("", " (2)") if taken == "beside" else ("",):
        (tmp_path / f"{stem}{at}.pdf").write_bytes(b"mine")
    (name,) = names_taken(folder=tmp_path, wanted=[one])
    terms = Terms(tmp_path, unsigned=True, taken=taken, asked=frozenset({name} if asked else ()))  # type: ignore[arg-type]
    found = look_up(ready=read_case(wanted=one), terms=terms, can_make=True)
    if names is None:
        with pytest.raises(NameTaken):
            write(actor=sealed.asa, found=found, terms=terms)
        assert (tmp_path / name).read_bytes() == b"mine"
    else:
        made = write(actor=sealed.asa, found=found, terms=terms)
        assert made.file.name == f"{names[-1].format(stem)}.pdf"
        assert sorted(one.stem for one in tmp_path.glob("*.pdf")) == sorted(each.format(stem) for each in names)
        assert [path.read_bytes() for path in tmp_path.glob("*.pdf")].count(b"mine") == len(names) - 1
