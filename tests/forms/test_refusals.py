"""What does not hold in sub-areas, values without bands, several choices, tables and links is refused with its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from forms.decoding import decode
from forms.errors import TemplateError
from tests.forms.building import column, level, put, recorded, remark, said, wide_tree

AREA, VALUE, OWN, FACTS = (f"sections/{place}" for place in range(4))
SEVERAL, COUNTRY, PAPER, FIGURES, FUNDERS = (f"{FACTS}/questions/{place}" for place in (0, 1, 3, 4, 5))
OPTIONS = [{"id": "x", "text": said()}, {"id": "y", "text": said()}]

REFUSED = [
    # the head
    (put("time", {"full": 90}), "time.full: “full” is not among the template’s “scopes”"),
    (put("time", {"light": 0}), "time.light: give the time as whole minutes from 1"),
    (put("time", {"light": 1.5}), "time.light: a whole number belongs here, not a decimal number"),
    (put("follows", {"sv": "Text"}), "follows.en: the text is missing"),
    (put("judged/areas", "questions"), "judged.areas: “questions” cannot stand here; possible are subjects, sections"),
    (put("judged/areas", "subjects"), "judged.areas: this template rates no subject"),
    (put("judged/overall", True), "judged.overall: the whole can be judged where one subject is rated"),
    (put("judged/comment", "never"), "judged.comment: “never” cannot stand here; possible are differs, always"),
    (put("perspectives/0/questions", []), "perspectives[0].questions: name at least one question, each once"),
    (put("perspectives/0/questions", ["area.one", "area.one"]), "perspectives[0].questions: name at least one question, each once"),
    (put("perspectives/0/questions/1", "nowhere"), "perspectives[0].questions[1]: there is no question “nowhere”"),
    (put("perspectives/0/id", "Rights"), "perspectives[0].id: “Rights” is not an id"),
    # bands with words of their own
    (put("bands/own/words/done", ...), "bands.own.words.done: every band of the table has a word, and nothing else has"),
    (put("bands/own/words/more", said()), "bands.own.words.more: every band of the table has a word, and nothing else has"),
    (put("bands/own/words/done", {"sv": "Klart"}), "bands.own.words.done.en: the text is missing"),
    (put("bands/own/words/done", "Done"), "bands.own.words.done: a set of keys belongs here, not a text"),
    (put("bands/own/steps/1/band", "begun"), "bands.own: name at least two bands, each once"),
    (put("bands/own/words", ...), "bands.own: the bands must be, from low values to high"),
    (put("bands/risk/derived/shares", ["1e-1", "3/10", "1/2"]), "bands.risk.derived.shares: write each share as a fraction"),
    # sections
    (put(f"{VALUE}/bands", "own"), "sections[1].value_only: a section has bands or a value only"),
    (put(f"{VALUE}/value_only", ...), "sections[1].flag: a flag stands beside a value without a band"),
    (put("subjects/project", {"bands": "own"}), "sections[1].value_only: “project” is rated by bands"),
    (put(f"{VALUE}/questions", [recorded("value.one")]), "sections[1].value_only: nothing in this section is scored"),
    (put(f"{VALUE}/flag/text", {}), "sections[1].flag.text.en: the text is missing"),
    (put(f"{AREA}/groups/1/id", "first"), "sections[0].groups[1].id: “first” is already used at sections[0].groups[0].id"),
    (put(f"{AREA}/questions/0/group", "third"), "sections[0].questions[0].group: this section has no group “third”"),
    (put(f"{OWN}/questions/1/group", ...), "sections[2].groups[0]: no question of this section is in the group “g”"),
    (put(f"{AREA}/questions/3/group", "first"), "sections[0].groups[0]: the questions of the group “first” do not stand together"),
    (
        put(f"{AREA}/questions/0/answered_by", "board"),
        "answered_by: “board” cannot stand here; possible are caseworker, controller, office",
    ),
    # links
    (put(f"{AREA}/questions/2/same_as/0/question", "area.three"), "same_as[0].question: name another question, each once"),
    (put(f"{AREA}/questions/2/same_as", [{"question": "other.x"}] * 2), "same_as[1].question: name another question, each once"),
    (put(f"{AREA}/questions/2/same_as/0/answers", {"0": "9"}), "same_as[0].answers: “9” can never be; possible are 1, 2, 3, 4"),
    (put(f"{COUNTRY}/same_as", [{"question": "other.x", "answers": {"1": "SE"}}]), "the answers of this kind of question cannot be listed"),
    (put(f"{AREA}/questions/3/relies_on/0/result", "rumour"), "relies_on[0].result: “rumour” is not a kind of result, or stands twice"),
    (put(f"{AREA}/questions/3/relies_on/0/answers/grave", "4"), "relies_on[0].answers.grave: “grave” can never be; possible are low"),
    (put(f"{AREA}/questions/3/relies_on/0/answers/high", "5"), "relies_on[0].answers: “5” can never be; possible are 1, 2, 3, 4"),
    (put(f"{AREA}/questions/3/relies_on/0/answers/high", 4), "a text belongs here, not a whole number: put it in quotes"),
    (put(f"{AREA}/questions/3/relies_on/0/answers", {}), "relies_on[0].answers: say what at least one rating answers"),
    # several choices
    (put(f"{SEVERAL}/options", OPTIONS[:1]), "sections[3].questions[0].options: a question of kind “choices” needs at least two options"),
    (put(f"{SEVERAL}/maximum", 2), "sections[3].questions[0].maximum: “maximum” is the most points that several choices"),
    (put(f"{SEVERAL}/minimum", 1), "sections[3].questions[0].minimum: several choices have no “minimum”"),
    (put(f"{VALUE}/questions/2/maximum", 1), "sections[1].questions[2]: all answers are worth the same"),
    (put(f"{VALUE}/questions/2/options/0/points", ...), "sections[1].questions[2].options: give points to every option or to none"),
    (put(f"{VALUE}/questions/2/options/0/points", 101), "sections[1].questions[2].options: a question has at most 40 options"),
    (put(f"{SEVERAL}/options", [{"id": f"o{n}", "text": said()} for n in range(41)]), "a question has at most 40 options"),
    # conditions
    (put(f"{PAPER}/asked_if", {"question": "facts.country", "is": ["Kenya"]}), "asked_if.is[0]: “Kenya” is not a country code"),
    (put(f"{PAPER}/asked_if", {"question": "facts.several", "is": ["w"]}), "asked_if.is[0]: “w” can never be; possible are x, y, z"),
    (put(f"{PAPER}/asked_if", {"question": "facts.several", "at_most": 1}), "asked_if: “facts.several” has no number to compare"),
    (put(f"{PAPER}/asked_if", {"question": "value.several", "at_least": 6}), "asked_if: no answer to “value.several” is worth that much"),
    (put(f"{FIGURES}/asked_if", {"question": "facts.paper", "is": ["x"]}), "asked_if: a “document” has no single answer to look at"),
    (put(f"{FUNDERS}/asked_if", {"question": "facts.figures", "at_least": 1}), "asked_if: “facts.figures” has no number to compare"),
    # tables
    (put(f"{COUNTRY}/columns", [column("a")]), "sections[3].questions[1].columns: “columns” belongs to questions of kind “table”"),
    (put(f"{COUNTRY}/rows", [{"id": "a", "text": said()}]), "sections[3].questions[1].rows: “rows” belongs to"),
    (put(f"{FUNDERS}/columns", []), "sections[3].questions[5].columns: a table needs at least one column"),
    (put(f"{FUNDERS}/minimum", 0), "sections[3].questions[5].minimum: a table has from 1 to 200 rows"),
    (put(f"{FUNDERS}/maximum", 201), "sections[3].questions[5].maximum: a table has from 1 to 200 rows"),
    (put(f"{FIGURES}/maximum", 3), "sections[3].questions[4].rows: a table with fixed rows has no “minimum” or “maximum”"),
    (put(f"{FUNDERS}/columns/1/id", "name"), "columns[1].id: “name” is already used at sections[3].questions[5].columns[0].id"),
    (put(f"{FUNDERS}/columns/1/kind", "level"), "columns[1].kind: “level” cannot stand here; possible are short_text, integer"),
    (put(f"{FUNDERS}/columns/1/sum", True), "columns[1].sum: only whole numbers and amounts can be added up"),
    (put(f"{FUNDERS}/columns/4/options", OPTIONS[:1]), "columns[4].options: a column of kind “choice” needs at least two options"),
    (put(f"{FUNDERS}/columns/4/options", OPTIONS[:1] * 2), "columns[4].options: each option needs an id of its own"),
    (put(f"{FUNDERS}/columns/4/options/0/points", 1), "columns[4].options: what stands in a table is recorded and has no points"),
    (put(f"{FUNDERS}/columns/0/options", OPTIONS), "columns[0].options: options belong to columns of kind “choice”"),
    (put(f"{FIGURES}/ratios/0/over", []), "ratios[0].over: name at least one column"),
    (put(f"{FIGURES}/ratios/0/over", ["profit"]), "ratios[0].over: “profit” is not a column of figures in this table"),
    (put(f"{FIGURES}/ratios/0/minus", ["opinion"]), "ratios[0].minus: “opinion” is not a column of figures in this table"),
    (put(f"{FIGURES}/ratios/0/under", "staff"), "ratios[0]: amounts can only be set against amounts"),
    (put(f"{FIGURES}/ratios/1/id", "surplus"), "ratios[1].id: “surplus” is already used at"),
    (put(f"{FIGURES}/ratios/0/show", "euros"), "ratios[0].show: “euros” cannot stand here; possible are percent, times"),
    (put(f"{FIGURES}/ratios/0/remarks", [remark(), remark("1")]), "ratios[0].remarks[0].below: a remark without “below” fits always"),
    (put(f"{FIGURES}/ratios/0/remarks", [remark("much")]), "ratios[0].remarks[0].below: write the limit as a number"),
    (put(f"{FIGURES}/ratios/0/remarks", [remark("2"), remark("1")]), "ratios[0].remarks: the limits of the remarks must rise"),
    # what is scored
    (put("key_points", {"1": 3}), "key_points: points for key questions must rise as the ordinary ones do (see area.one)"),
    (put("subjects/organisation", {"bands": "own"}), "subjects.organisation.bands: “own” runs the other way"),
    (put(f"{FACTS}/questions/0", level("facts.several", required=9)), "sections[3].questions[0].required: a required level lies above"),
]


@pytest.mark.parametrize(("change", "words"), REFUSED, ids=[words[:70] for _, words in REFUSED])
def test_what_does_not_hold_is_refused_with_its_place_and_what_would_be_right(change: Callable[[dict[str, Any]], None], words: str) -> None:
    data = wide_tree()
    change(data)
    with pytest.raises(TemplateError) as caught:
        decode(data, file="t.yaml")
    assert words in str(caught.value)


def test_sections_are_judged_only_where_one_has_bands() -> None:
    data = wide_tree()
    for place in (0, 2):
        del data["sections"][place]["bands"]
    with pytest.raises(TemplateError, match=r"judged\.areas: no section has bands"):
        decode(data, file="t.yaml")


@pytest.mark.parametrize(
    "change",
    [
        put("judged", {}),
        put("bands/own/words", {"begun": said(), "done": said()}),
        put("judged", {"areas": "sections", "overall": True}),
        put("sections/2/questions/0/replaces", ["facts.old"]),
        put("sections/2/questions/1/same_as", [{"question": "other.seat"}]),
        put("sections/2/questions/4/ratios/0/remarks", []),
        put("sections/2/questions/4/ratios/0/remarks", [remark("-0.5"), remark("1/2")]),
        put("sections/2/questions/5/ratios", [{"id": "r", "text": said(), "over": ["people"], "under": "share"}]),
        put("sections/2/questions/5/asked_if", {"question": "facts.figures", "state": ["answered"]}),
    ],
    ids=range(9),
)
def test_what_holds_is_taken(change: Callable[[dict[str, Any]], None]) -> None:
    data = wide_tree()
    data["sections"].pop(2)
    data["subjects"] = {"organisation": {"bands": "risk", "combine": "questions"}}
    change(data)
    assert decode(data, file="t.yaml").hash
