"""What Settings lists."""

from __future__ import annotations

from uuid import uuid4

from desktop.language import language
from desktop.settings.state import person_lines, spaced_fingerprint
from models.identity import PersonCard


def person(name, *roles, active=True):
    return PersonCard(id=uuid4(), name=name, email="", roles=frozenset(roles), certificate_pem="", active=active)


ADA, RUTH, GONE = person("Ada", "administrator", "caseworker"), person("Ruth", "reviewer"), person("Bo", "reviewer", active=False)


def test_an_administrator_may_end_others_but_not_oneself_or_who_has_left():
    lines = person_lines((ADA, RUTH, GONE), me=ADA, language=language("en"))
    assert {line.name: line.may_end for line in lines} == {"Ada": False, "Ruth": True, "Bo": False}


def test_nobody_else_may_end_anybody():
    assert not any(line.may_end for line in person_lines((ADA, RUTH), me=RUTH, language=language("en")))


def test_who_has_left_stands_last_and_it_is_said():
    lines = person_lines((GONE, ADA), me=ADA, language=language("en"))
    assert [line.name for line in lines] == ["Ada", "Bo"]
    assert lines[1].about == "reviewer · has left"


def test_roles_are_listed_in_one_order_as_the_language_lists():
    assert person_lines((ADA,), me=ADA, language=language("en"))[0].about == "administrator and caseworker"


def test_a_fingerprint_is_grouped_for_reading_aloud_and_loses_nothing():
    digits = "0123456789abcdef" * 4
    written = spaced_fingerprint(digits)
    assert written.splitlines()[0] == "0123 4567 89AB CDEF 0123 4567 89AB CDEF"
    assert "".join(written.split()).lower() == digits
