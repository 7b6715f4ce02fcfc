"""One way of writing a value as bytes."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.canonical import canonical_json, plain
from forms.template import Level

TREES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(), st.fractions(), st.dates(), st.datetimes(), st.uuids()),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner), st.lists(inner).map(tuple)),
)


class _Colour(Enum):
    RED = "red"


class _Note(str):
    __slots__ = ()


class _Count(int):
    __slots__ = ()


@dataclass(frozen=True)
class _Pair:
    right: object
    left: object


@given(TREES)
def test_what_is_written_is_read_back_the_same(tree: Any) -> None:
    written = canonical_json(tree)
    assert json.loads(written) == plain(tree)
    assert canonical_json(json.loads(written)) == written


@given(TREES)
def test_bytes_are_those_that_the_standard_library_writes(tree: Any) -> None:
    """Hashes and signatures of many years rest on these bytes, so they must not depend on who writes them."""
    written = json.dumps(plain(tree), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    assert canonical_json(tree) == written.encode()


def test_every_letter_is_written_as_the_standard_library_writes_it() -> None:
    letters = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
    assert canonical_json(letters) == json.dumps(letters, ensure_ascii=False, separators=(",", ":")).encode()


@given(st.dictionaries(st.text(), st.integers()))
def test_the_order_of_keys_is_irrelevant(tree: dict[str, int]) -> None:
    assert canonical_json(dict(reversed(tree.items()))) == canonical_json(tree)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Fraction(6, 4), '"3/2"'),
        (Fraction(2), '"2/1"'),
        (date(2026, 3, 1), '"2026-03-01"'),
        (datetime(2026, 3, 1, 8, 5), '"2026-03-01T08:05:00"'),  # noqa: DTZ001 (moments are kept as naive UTC)
        (UUID(int=1), '"00000000-0000-0000-0000-000000000001"'),
        (_Colour.RED, '"red"'),
        ({_Note("b"): _Count(1), "a": _Note("x")}, '{"a":"x","b":1}'),
        ((1, [2]), "[1,[2]]"),
        (frozenset({"b", "a"}), '["a","b"]'),
        ({"å": 1, "a": None}, '{"a":null,"å":1}'),
        (_Pair(1, True), '{"left":true,"right":1}'),
        (Level(key=1, text={"en": "x"}), '{"key":1,"points":null,"text":{"en":"x"}}'),
    ],
)
def test_each_value_has_one_form(value: object, written: str) -> None:
    assert canonical_json(value) == written.encode()


@pytest.mark.parametrize("value", [1.5, float("nan"), [0.0], {"a": Decimal(1)}, b"bytes", object(), _Pair])
def test_what_has_no_exact_form_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="no canonical form"):
        canonical_json(value)


def test_keys_that_would_become_one_are_refused() -> None:
    with pytest.raises(TypeError, match="same text"):
        canonical_json({1: "a", "1": "b"})
