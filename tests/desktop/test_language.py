"""Each language writes words, numbers, money and dates as its readers do."""

from __future__ import annotations

import string
import subprocess
import sys
import time
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from babel.messages.pofile import read_po
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.catalogue import Catalogue
from desktop.language import LANGUAGES, Language, language
from forms.errors import GedigenError
from forms.text import N_, Said
from resources import path

SPACE = "\N{NO-BREAK SPACE}"

SMALL_CATALOGUE = r"""
msgid ""
msgstr ""
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

#. a comment
msgid "Saved {at}"
msgstr "Sparat {at}"

msgid "{n} question remains"
msgid_plural "{n} questions remain"
msgstr[0] "{n} fråga återstår"
msgstr[1] "{n} frågor återstår"

msgid "Not translated"
msgstr ""

#, fuzzy
msgid "Guessed"
msgstr "Gissat"

msgid ""
"First line\n"
"second \"quoted\" line"
msgstr ""
"Första raden\n"
"andra \"citerade\" raden"

#~ msgid "Old"
#~ msgstr "Gammal"
"""


@pytest.fixture
def stockholm(monkeypatch):
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Europe/Stockholm")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.parametrize(
    ("code", "value", "digits", "written"),
    [
        ("sv", 1234567, 0, f"1{SPACE}234{SPACE}567"),
        ("en", 1234567, 0, "1,234,567"),
        ("sv", Fraction(1, 3), 2, "0,33"),
        ("en", Decimal("0.125"), 2, "0.13"),
        ("en", Fraction(-5, 2), 0, "-3"),
        ("sv", Fraction(-1, 10), 0, "0"),
    ],
)
def test_a_number_has_the_language_s_separators_and_rounds_halves_away_from_nought(code, value, digits, written):
    assert language(code).number(value, digits) == written


@example(Fraction(10**40 + 1, 3), 4)
@given(st.fractions(), st.integers(min_value=0, max_value=4))
def test_a_written_number_is_never_more_than_half_a_step_off(value, digits):
    written = language("en").number(value, digits).replace(",", "")
    assert abs(Fraction(written) - value) <= Fraction(1, 2 * 10**digits)


@pytest.mark.parametrize(
    ("code", "value", "digits", "written"),
    [("sv", Fraction(125, 2), 1, f"62,5{SPACE}%"), ("en", Fraction(125, 2), 1, "62.5%"), ("en", 100, 0, "100%")],
)
def test_a_share_in_percent(code, value, digits, written):
    assert language(code).percent(value, digits) == written


@pytest.mark.parametrize(
    ("code", "minor", "currency", "written"),
    [
        ("sv", 123456750, "SEK", f"1{SPACE}234{SPACE}567,50{SPACE}SEK"),
        ("en", 123456750, "SEK", f"SEK{SPACE}1,234,567.50"),
        ("en", 1500, "JPY", f"JPY{SPACE}1,500"),
        ("sv", 1500, "JPY", f"1{SPACE}500{SPACE}JPY"),
        ("en", 1234567, "KES", f"KES{SPACE}12,345.67"),
        ("en", 1234567, "TND", f"TND{SPACE}1,234.567"),
        ("sv", 1234567, "XOF", f"1{SPACE}234{SPACE}567{SPACE}XOF"),
        ("en", -5, "SEK", f"SEK{SPACE}-0.05"),
    ],
)
def test_money_has_the_digits_of_its_currency_and_the_code_beside_it(code, minor, currency, written):
    assert language(code).money(minor, currency) == written


def test_a_date_can_not_be_misread():
    assert language("sv").date(date(2026, 3, 9)) == "2026-03-09"
    assert language("en").date(date(2026, 3, 9)) == "9 Mar 2026"


@pytest.mark.usefixtures("stockholm")
def test_a_moment_kept_in_utc_is_shown_in_the_reader_s_zone_summer_and_winter():
    assert language("sv").moment(datetime(2026, 1, 9, 23, 2)) == "2026-01-10 00:02"  # noqa: DTZ001 naive UTC is what is kept
    assert language("en").moment(datetime(2026, 7, 9, 12, 2)) == "9 Jul 2026, 14:02"  # noqa: DTZ001


def test_countries_and_currencies_are_named_and_an_unknown_code_stands():
    assert language("sv").country("ke") == "Kenya"
    assert language("sv").country("NO") == "Norge"
    assert language("en").country("ZZZ") == "ZZZ"
    assert language("sv").currency("SEK") == "svensk krona"
    assert language("en").currency("QQQ") == "QQQ"


def test_a_list_is_joined_as_in_running_text():
    assert language("sv").listing(["a", "b", "c"]) == "a, b och c"
    assert language("en").listing(["a", "b", "c"]) == "a, b and c"
    assert language("en").listing(["a"]) == "a"
    assert language("en").listing([]) == ""


def test_a_message_without_translation_stands_in_english():
    assert language("sv").text("No translation has this sentence: {x}", x=1) == "No translation has this sentence: 1"
    assert language("sv").plural("{n} such thing", "{n} such things", 2) == "2 such things"


def test_english_has_its_own_plural_and_writes_the_count():
    assert language("en").plural("{n} partner", "{n} partners", 1) == "1 partner"
    assert language("en").plural("{n} partner in {where}", "{n} partners in {where}", 1200, where="Kenya") == "1,200 partners in Kenya"


def test_parameters_are_written_as_the_language_writes_them():
    params = {"day": date(2026, 3, 9), "share": Fraction(5, 2), "who": ["Ada", "Bo"], "year": 2026, "message": "m"}
    message = "{day} {share} {who} {year} {message}"
    assert language("sv").text(message, **params) == "2026-03-09 2,5 Ada och Bo 2026 m"
    assert language("en").text(message, **params) == "9 Mar 2026 2.5 Ada and Bo 2026 m"


def test_braces_without_parameters_are_left_alone():
    assert language("en").text("{") == "{"


def test_an_error_is_worded_with_its_parameters():
    error = GedigenError(N_("The case was sealed on {day}. Nothing was changed."), day=date(2026, 3, 9))
    assert language("sv").error(error) == "The case was sealed on 2026-03-09. Nothing was changed."


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match="no language 'xx'"):
        language("xx")


def test_a_language_is_made_once():
    assert language("sv") is language("sv")


def test_a_catalogue_gives_what_is_translated_and_english_for_the_rest():
    catalogue = Catalogue(SMALL_CATALOGUE)
    assert catalogue.text("Saved {at}") == "Sparat {at}"
    assert catalogue.text('First line\nsecond "quoted" line') == 'Första raden\nandra "citerade" raden'
    assert [catalogue.text(message) for message in ("Not translated", "Guessed", "Old", "")] == ["Not translated", "Guessed", "Old", ""]
    forms = [catalogue.plural("{n} question remains", "{n} questions remain", n) for n in (0, 1, 2)]
    assert forms == ["{n} frågor återstår", "{n} fråga återstår", "{n} frågor återstår"]


def test_a_language_with_three_plural_forms_uses_each():
    rule = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
    po = f'msgid ""\nmsgstr "Plural-Forms: {rule}\\n"\n\nmsgid "x"\nmsgid_plural "xs"\nmsgstr[0] "a"\nmsgstr[1] "b"\nmsgstr[2] "c"\n'
    assert [Catalogue(po).plural("x", "xs", n) for n in (1, 2, 5, 11, 21, 22)] == ["a", "b", "c", "c", "a", "b"]


TRANSLATED = [code for code in LANGUAGES if code != "en"]


@pytest.mark.parametrize("code", TRANSLATED)
def test_babel_reads_the_same_out_of_the_catalogue(code):
    file = path("translations", code, "LC_MESSAGES", "gedigen.po")
    catalogue = Catalogue.read(file)
    with file.open("rb") as po:
        for message in read_po(po, locale=code):
            if not message.id or not message.string or not all(message.string):  # an empty one is found by test_messages
                continue
            if isinstance(message.id, tuple):
                assert {catalogue.plural(*message.id, n) for n in range(200)} == set(message.string)
            else:
                assert catalogue.text(message.id) == message.string


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_translation_has_the_same_places_as_the_english_message(code):
    with path("translations", code, "LC_MESSAGES", "gedigen.po").open("rb") as po:
        for message in read_po(po, locale=code):
            ids = message.id if isinstance(message.id, tuple) else (message.id,)
            strings = message.string if isinstance(message.string, tuple) else (message.string,)
            if message.id and all(strings):
                allowed = set().union(*map(_places, ids))
                assert all(_places(text) <= allowed for text in strings), message.id
                assert _places(strings[-1]) == _places(ids[-1]), message.id


def test_words_alone_do_not_import_babel():
    code = "import sys; from desktop.language import language; language('sv').text('x'); print('babel' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "False"


def test_every_language_the_program_speaks_can_be_made():
    assert [Language(code).code for code in LANGUAGES] == list(LANGUAGES)


def _places(message: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(message) if name is not None}


def test_a_message_inside_a_message_is_worded_too() -> None:
    inside = Said("“{key}” is not a key here", {"key": "rulez"})
    assert language("en").text("{file}: {what}", file="a.yaml", what=inside) == "a.yaml: “rulez” is not a key here"
    assert language("sv").text("{what}", what={"sv": "på svenska", "en": "in English"}) == "på svenska"


@pytest.mark.parametrize(("code", "quoted"), [("en", "“yes”"), ("sv", "”yes”"), ("nb", "«yes»"), ("fr", "«\u00a0yes\u00a0»")])
def test_words_are_quoted_as_the_language_does(code: str, quoted: str) -> None:
    assert language(code).quoted("yes") == quoted


@pytest.mark.parametrize(
    ("code", "chained"), [("en", "a; b; c, d"), ("sv", "a; b; c, d"), ("nb", "a; b; c, d"), ("fr", "a\u00a0; b\u00a0; c, d")]
)
def test_parts_are_chained_as_the_language_does(code: str, chained: str) -> None:
    assert language(code).chained(["a", "b", "c, d"]) == chained
    assert language(code).chained([]) == ""
    assert language(code).chained(["{one}"]) == "{one}"
    assert language(code).chained(["{one}", "{other}"]).startswith("{one}")
