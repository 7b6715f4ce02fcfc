"""Registration numbers: what cannot be right is refused, and a personal number is never stored."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.registration import NORWAY, SWEDEN, RegistrationError, normal


def luhn(nine: str) -> str:
    """Add the check digit that makes the sum of digits, every other one doubled, a multiple of ten."""
    total = sum(sum(divmod(int(digit) * (2 if place % 2 == 0 else 1), 10)) for place, digit in enumerate(nine))
    return nine + str(-total % 10)


@given(st.integers(0, 10**9 - 1).map(lambda number: f"{number:09}").filter(lambda nine: nine[2] >= "2"))
def test_a_swedish_number_with_its_check_digit_is_taken_and_any_other_last_digit_refused(nine: str) -> None:
    right = luhn(nine)
    assert normal(scheme=SWEDEN, number=f" {right[:6]}-{right[6:]} ") == f"{right[:6]}-{right[6:]}"
    for last in set("0123456789") - {right[-1]}:
        with pytest.raises(RegistrationError, match="not a Swedish organisation number"):
            normal(scheme=SWEDEN, number=nine + last)


def test_a_personal_number_is_refused_and_not_repeated() -> None:
    with pytest.raises(RegistrationError, match="This is a personal identity number") as caught:
        normal(scheme=SWEDEN, number=luhn("800101999"))
    assert "800101" not in str(caught.value)


@given(st.integers(0, 10**8 - 1).map(lambda number: f"{number:08}"))
def test_a_norwegian_number_has_at_most_one_check_digit(eight: str) -> None:
    total = sum(int(digit) * weight for digit, weight in zip(eight, (3, 2, 7, 6, 5, 4, 3, 2), strict=True))
    taken = []
    for last in "0123456789":
        try:
            taken.append(normal(scheme=NORWAY, number=eight + last))
        except RegistrationError as error:
            assert "not a Norwegian organisation number" in str(error)  # noqa: PT017 (either is right; which is checked below)
    right = -total % 11
    assert taken == ([] if right == 10 else [f"{eight[:3]} {eight[3:6]} {eight[6:]}{right}"])


@pytest.mark.parametrize(("scheme", "number"), [(SWEDEN, "12345"), (SWEDEN, "٥٥٦٠٩١٢١٤٨"), (NORWAY, "12345678x"), ("kenya", "7")])
def test_what_has_not_the_form_is_refused(scheme: str, number: str) -> None:
    with pytest.raises(RegistrationError):
        normal(scheme=scheme, number=number)


def test_other_lists_are_taken_as_they_are_and_none_is_none() -> None:
    assert normal(scheme="KE-NCB", number=" OP.218/051 ") == "OP.218/051"
    assert normal(scheme="", number="17") == "17"
    assert normal(scheme=SWEDEN, number=" ") == ""


@pytest.mark.parametrize("scheme", ["", "SE-ON", "NO-BRC"])
@pytest.mark.parametrize("number", ["811218-9876", "19811218-9876", "811278-9873", "010180 00055"])
def test_a_personal_number_of_sweden_or_norway_is_recognised_whatever_list_is_chosen(scheme: str, number: str) -> None:
    with pytest.raises(RegistrationError, match="This is a personal identity number"):
        normal(scheme=scheme, number=number)


@pytest.mark.parametrize("number", ["556091-2148", "811218-9875", "991399-1234", "01018000054"])
def test_other_numbers_without_a_list_are_taken_as_they_are(number: str) -> None:
    assert normal(scheme="", number=number) == number


def test_a_third_digit_below_two_is_no_organisation_even_where_it_is_no_person() -> None:
    with pytest.raises(RegistrationError, match="third digit is always 2 or higher"):
        normal(scheme=SWEDEN, number=luhn("550000123"))
