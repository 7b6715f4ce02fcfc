"""Names in running text are found whatever their case and accents, as whole words only, and none is left when another takes its place."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from forms.names import SHORTEST_FOLDED, SHORTEST_NUMBER, Sought, distinctive, in_place_of, stands_in, ways_of_writing

LETTERS = st.sampled_from("abcdefghijklmnopqrstuvwxyzåäöéèçøšžńôßαωБжאبሀ")
WORDS = st.text(LETTERS, min_size=SHORTEST_FOLDED, max_size=9)
NAMES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
GAPS = st.text(st.sampled_from(" \n\t.,;:!?()[]«»“”’–—-/_·"), min_size=1, max_size=3)
ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
MARKS = ["", "\u0301", "\u0308", "\u00ad", "\u200d", "\u0327\u0301"]


@st.composite
def other_ways(draw: st.DrawFn, name: str) -> str:
    """Write a name in another way: other case, accents put on or taken off, hidden marks, other signs between the words."""
    words = []
    for word in name.split():
        form = draw(st.sampled_from([str.lower, str.upper, str.title, str.casefold]))(word)
        form = unicodedata.normalize(draw(st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"])), form)
        words.append("".join(letter + draw(st.sampled_from(MARKS)) for letter in form))
    return "".join(word + draw(GAPS) for word in words[:-1]) + words[-1]


@given(st.data(), NAMES)
def test_a_name_is_found_however_it_is_written_and_nothing_of_it_stays(data: st.DataObject, name: str) -> None:
    written = data.draw(other_ways(name))
    text = data.draw(ANYTHING) + data.draw(GAPS) + written + data.draw(GAPS) + data.draw(ANYTHING)
    sought = Sought((name,))
    assert stands_in(text, sought)
    covered = in_place_of(text, sought, "[*]")
    assert "[*]" in covered
    assert not stands_in(covered, sought)
    assert written not in covered


@given(NAMES, LETTERS)
def test_a_name_within_a_longer_word_is_not_that_name(name: str, letter: str) -> None:
    assert not stands_in(f"{name}{letter}", Sought((name,)))
    assert not stands_in(f"{letter}{name}", Sought((name,)))


@given(ANYTHING, NAMES)
def test_a_text_in_which_nothing_is_found_stays_as_it_is(text: str, name: str) -> None:
    assume(not stands_in(text, Sought((name,))))
    assert in_place_of(text, Sought((name,)), "[*]") == text


@given(st.text("0123456789ABCD", min_size=SHORTEST_NUMBER, max_size=16), st.data())
def test_a_number_is_found_however_it_is_grouped(number: str, data: st.DataObject) -> None:
    grouped = "".join(letter + data.draw(st.sampled_from(["", "", " ", "-", "."])) for letter in number[:-1]) + number[-1]
    assert stands_in(f"({grouped.lower()})", Sought(numbers=(number,)))
    assert stands_in(f"konto {number}, se bilaga", Sought(numbers=(grouped,)))
    assert not stands_in(f"konto 9{number}", Sought(numbers=(number,)))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("LAKESIDE RELIEF har besökts", True),
        ("Besök hos Lakeside\u00a0Relief’s kontor", True),
        ("lakeside_relief_2025.pdf", True),
        ("Läkesidé-Relief", True),
        ("Lakesides hjälp", False),
        ("a lakeside where relief is given", False),
        ("the act of giving", False),
        ("ACT har svarat", True),
        ("希望之家的报告", True),
    ],
)
def test_what_is_taken_for_a_name(text: str, found: bool) -> None:
    assert stands_in(text, Sought(("Lakeside Relief", "ACT", "希望之家"))) is found


def test_two_letters_or_a_number_that_could_be_a_year_are_not_looked_for() -> None:
    assert not stands_in("KE, SE, LI", Sought(("Li", "SE")))
    assert not stands_in("sedan 2014", Sought(numbers=("2014",)))


def test_a_name_is_looked_for_as_people_write_it() -> None:
    assert ways_of_writing("The Lakeside Relief Association (LRA)") == (
        "The Lakeside Relief Association (LRA)",
        "The Lakeside Relief Association",
        "LRA",
        "Lakeside Relief",
    )
    assert ways_of_writing("Hope Foundation (påhittad)") == ("Hope Foundation (påhittad)", "Hope Foundation")


def test_words_that_many_organisations_have_tell_nobody_which_it_is() -> None:
    assert distinctive("Stiftelsen Källvattnets vänner i Ås") == {"kallvattnets", "vanner"}
