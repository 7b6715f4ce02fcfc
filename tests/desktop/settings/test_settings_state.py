"""What Settings lists."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4

from desktop.language import language
from desktop.settings.state import person_lines, spaced_fingerprint
from models import certificate
from models.identity import PersonCard

TODAY = date(2026, 3, 9)


def person(name, *roles, active=True):
    return PersonCard(id=uuid4(), name=name, email="", roles=frozenset(roles), certificate_pem="", active=active)


ADA, RUTH, GONE = person("Ada", "administrator", "caseworker"), person("Ruth", "reviewer"), person("Bo", "reviewer", active=False)


def test_an_administrator_may_end_others_but_not_oneself_or_who_has_left():
    lines = person_lines((ADA, RUTH, GONE), me=ADA, language=language("en"), today=TODAY)
    assert {line.name: line.may_end for line in lines} == {"Ada": False, "Ruth": True, "Bo": False}


def test_nobody_else_may_end_anybody():
    assert not any(line.may_end for line in person_lines((ADA, RUTH), me=RUTH, language=language("en"), today=TODAY))


def test_who_has_left_stands_last_and_it_is_said():
    lines = person_lines((GONE, ADA), me=ADA, language=language("en"), today=TODAY)
    assert [line.name for line in lines] == ["Ada", "Bo"]
    assert lines[1].about == "reviewer · has left"


def test_roles_are_listed_in_one_order_as_the_language_lists():
    assert person_lines((ADA,), me=ADA, language=language("en"), today=TODAY)[0].about == "administrator and caseworker"


def test_a_fingerprint_is_grouped_for_reading_aloud_and_loses_nothing():
    digits = "0123456789abcdef" * 4
    written = spaced_fingerprint(digits)
    assert written.splitlines()[0] == "0123 4567 89AB CDEF 0123 4567 89AB CDEF"
    assert "".join(written.split()).lower() == digits


def certified(at):
    """An administrator with a real certificate made on a day; it holds for 1096 days."""
    root_key, key, person_id = certificate.new_root_key(), certificate.new_person_key(), uuid4()
    root = certificate.make_root(organisation="Solbacken", key=root_key, at=at)
    made = certificate.make_personal(
        name="Ada", person=person_id, key=key.public_key(), root=root, root_key=root_key, at=at.replace(tzinfo=None)
    )
    return PersonCard(person_id, "Ada", "", frozenset({"administrator"}), certificate.pem(made), active=True)


def line_on(today):
    ada = certified(datetime(2026, 3, 9, tzinfo=UTC))
    return person_lines((ada,), me=ada, language=language("en"), today=today)[0]


def test_a_certificate_far_from_its_end_is_not_spoken_of():
    line = line_on(date(2028, 12, 8))  # 91 days before 9 March 2029
    assert (line.warning, line.may_renew) == (None, False)


def test_a_certificate_near_its_end_is_said_and_can_be_renewed():
    line = line_on(date(2028, 12, 9))
    assert line.may_renew
    assert line.warning.word == "The certificate ends on 9 Mar 2029"


def test_a_certificate_that_has_ended_says_so():
    assert line_on(date(2029, 3, 10)).warning.word == "The certificate ended on 9 Mar 2029"


def test_a_revoked_certificate_is_said_whatever_its_term():
    ada = certified(datetime(2026, 3, 9, tzinfo=UTC))
    (line,) = person_lines((ada,), me=ada, language=language("en"), today=date(2026, 4, 1), revoked={ada.id})
    assert (line.warning.tone, line.warning.word) == ("high", "The certificate is revoked")


def test_a_lost_card_is_told_from_a_revoked_certificate_for_everything():
    ada = certified(datetime(2026, 3, 9, tzinfo=UTC))
    (line,) = person_lines((ada,), me=ada, language=language("en"), today=date(2026, 4, 1), without_own_key={ada.id})
    assert (line.warning.tone, line.warning.word) == ("high", "The own key’s certificate is revoked")


def test_only_an_administrator_changes_roles_or_renews():
    ada = certified(datetime(2026, 3, 9, tzinfo=UTC))
    (line,) = person_lines((ada,), me=RUTH, language=language("en"), today=date(2029, 3, 1))
    assert (line.may_change, line.may_renew) == (False, False)
    assert line.warning is not None
