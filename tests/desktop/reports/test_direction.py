"""Letters stand in the order that the Unicode standard gives them; what is written beside a name is not moved by it."""

from __future__ import annotations

import pytest
from bidi import get_display
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.reports.direction import base_direction, paragraph_levels, resolved_levels, visual_order
from desktop.reports.fonts import printable

LETTERS = st.text("abc ABشمسدמא()[]{}12٣٤.,:-+%$/«»\u0301\u064b\u200c", max_size=16).map(str.strip)


def seen(text: str) -> str:
    """Give a paragraph as it stands on the page, from left to right; brackets keep their letters."""
    return "".join(text[place] for place in visual_order(paragraph_levels(text, base_direction(text))))


@given(LETTERS, st.sampled_from([0, 1]))
@example("a(ش)2", 1)
@example("٣/٤ 12-5 ش$3", 0)
def test_letters_are_ordered_as_another_program_orders_them(text: str, base: int) -> None:
    kept = text.replace("\u200c", "")
    ours = "".join(kept[place] for place in visual_order(resolved_levels(kept, 1 if base else 0)))
    assert ours == get_display(kept, base_dir="R" if base else "L")


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("Partner شبكة 2026, Oslo", "Partner ةكبش 2026, Oslo"),
        ("Partner شبكة (فرع) 12", "Partner )عرف( ةكبش 12"),
        ("Name: شبكة; case 2026-017", "Name: ةكبش; case 2026-017"),
        ("شبكة is our partner", "ةكبش is our partner"),
        ("عام 2026-03-09 في Oslo Ltd هنا", "انه Oslo Ltd يف 2026-03-09 ماع"),
        ("عام ١٢ و 42%", "%42 و ١٢ ماع"),
    ],
)
def test_a_name_keeps_its_place_and_so_does_what_follows_it(text: str, stands: str) -> None:
    assert seen(text) == stands


@pytest.mark.parametrize("control", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
def test_a_name_with_controls_of_direction_turns_nothing_around(control: str) -> None:
    name = printable(f"{control}Lumora{control} شبكة{control}", replacement=str, with_scripts=True)
    assert name == "Lumora شبكة"
    assert seen(f"Pay 100 to {name}, not 900.") == "Pay 100 to Lumora ةكبش, not 900."


@given(LETTERS)
def test_a_paragraph_of_leftward_names_moves_no_other_letter(name: str) -> None:
    sentence = seen(f"Before {name} after")
    assert sentence.startswith("Before ")
    assert sentence.endswith(" after")


def test_a_paragraph_runs_leftwards_when_most_of_it_does() -> None:
    assert base_direction("تعمل مع Oslo Ltd منذ عام 2014") == 1
    assert base_direction("شبكة is one of our partners in the north") == 0
    assert base_direction("2026-014") == 0
