"""What remains before the seal, who signs next, and which revisions there are, worked out without a window."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from desktop.language import language
from desktop.seal.state import report_languages, seal_state
from models.cards import ReportCard
from tests.desktop.reports.sample_file import ident, sample_file

CASEWORKER, REVIEWER, SECRETARY = ident("Maja Ekwall"), ident("Henrik Sandell"), ident("Karin Sandell")
EN = language("en")
AT = datetime(2026, 3, 28, 9, 0)  # noqa: DTZ001 - the vault keeps naive UTC


@pytest.fixture(scope="module")
def ready():
    file = sample_file(sealed=False)
    # The sample's caseworker differs from what is calculated and says why; everything else is done.
    return replace(file, risks=tuple(file.risks))


@pytest.fixture(scope="module")
def sealed():
    return sample_file()


def revision(number, signed_as="", code="en"):
    return ReportCard(ident(f"{code}{number}"), code, number, f"{number}" * 64, 1000, signed_as, "Maja Ekwall", AT)


def line(file, *, person=CASEWORKER, roles=frozenset(), optional=(), code="en"):
    state = seal_state(file, EN, person=person, roles=roles, optional=optional)
    return next(one for one in state.reports if one.language == code)


def test_it_can_be_sealed_by_its_caseworker_when_nothing_remains(ready):
    assert seal_state(ready, EN, person=CASEWORKER, roles=frozenset(), optional=()).can_seal


def test_nobody_else_can_seal_it_and_it_says_who_does(ready):
    state = seal_state(ready, EN, person=REVIEWER, roles=frozenset(), optional=())
    assert not state.can_seal
    assert "Maja Ekwall" in state.said


def test_without_a_review_the_seal_waits_and_leads_to_the_review(ready):
    state = seal_state(replace(ready, card=replace(ready.card, state="draft")), EN, person=CASEWORKER, roles=frozenset(), optional=())
    assert not state.can_seal
    assert "review" in {one.room for one in state.remains}


def test_sealed_it_shows_the_records_hash_and_nothing_to_seal(sealed):
    state = seal_state(sealed, EN, person=CASEWORKER, roles=frozenset(), optional=())
    assert (state.standing, state.can_seal, state.record_sha256) == ("sealed", False, sealed.seal.sha256)


def test_reports_are_offered_only_in_languages_of_the_template(sealed):
    from msgspec.structs import replace as other

    assert report_languages(sealed) == ("sv", "en", "fr")
    assert report_languages(replace(sealed, template=other(sealed.template, languages=["en", "fi"]))) == ("en",)


def test_the_caseworker_signs_first(sealed):
    assert line(sealed).action == "sign"
    assert line(sealed, person=REVIEWER).action == "make"


def test_then_the_reviewer_takes_over(sealed):
    signed = replace(sealed, reports=(revision(0), revision(1, "Caseworker")))
    mine = line(signed)
    assert mine.action == "switch"
    assert "Henrik Sandell" in mine.action_said
    assert line(signed, person=REVIEWER).action == "sign"


def test_signed_by_both_nothing_is_left_without_a_line_for_the_chair(sealed):
    signed = replace(sealed, reports=(revision(0), revision(1, "Caseworker"), revision(2, "Reviewer")))
    done = line(signed, person=REVIEWER)
    assert (done.action, done.mark.word, done.action_said) == ("none", "Signed", "")
    assert [one.field for one in done.signatures] == ["Caseworker", "Reviewer"]


def test_the_chairs_line_is_the_secretarys_and_may_be_left(sealed):
    signed = replace(sealed, reports=(revision(0), revision(1, "Caseworker"), revision(2, "Reviewer")))
    chairs = line(signed, person=SECRETARY, roles=frozenset({"secretary"}), optional=("Chair",))
    assert chairs.action == "sign"
    assert chairs.mark.word == "Signed"
    assert chairs.signatures[-1].optional
    assert line(signed, optional=("Chair",)).action == "switch"


def test_a_reviewer_who_is_secretary_too_does_not_sign_twice(sealed):
    signed = replace(sealed, reports=(revision(0), revision(1, "Caseworker"), revision(2, "Reviewer")))
    assert line(signed, person=REVIEWER, roles=frozenset({"reviewer", "secretary"}), optional=("Chair",)).action == "switch"


def test_each_language_is_signed_by_itself(sealed):
    signed = replace(sealed, reports=(revision(0), revision(1, "Caseworker")))
    assert line(signed, code="sv").action == "sign"
    assert line(signed, code="sv").revisions == ()


def test_every_revision_stands_with_its_whole_hash(sealed):
    signed = replace(sealed, reports=(revision(0), revision(1, "Caseworker")))
    shown = line(signed).revisions
    assert [(one.number, one.sha256) for one in shown] == [("1", "0" * 64), ("2", "1" * 64)]
    assert "unsigned" in shown[0].said


def test_a_report_signed_without_a_timestamp_says_so_and_is_valid_all_the_same(sealed):
    both = replace(sealed, reports=(revision(0), revision(1, "Caseworker"), revision(2, "Reviewer")))
    state = seal_state(both, EN, person=CASEWORKER, roles=frozenset(), optional=(), awaiting=(ident("en2"),))
    (report,) = [one for one in state.reports if one.language == "en"]
    assert report.mark.word == "Signed, awaits a timestamp"
    assert "It is valid" in report.time_said
    assert line(both).mark.word == "Signed"


def test_a_timestamp_stands_among_the_revisions_as_what_it_is(sealed):
    stamped = replace(sealed, reports=(revision(0), revision(1, "Caseworker"), revision(2, "Reviewer"), revision(3, "Timestamp1")))
    report = line(stamped)
    assert report.revisions[-1].said == "timestamp for the archive, added by Maja Ekwall"
    assert (report.action, report.mark.word) == ("none", "Signed")
