"""Three invented dossiers, answered by two readers independently: how far the words of the templates make them agree.

Each reader had only a dossier and the form. ``disagreements.md`` beside the dossiers is the table of where they differed; it is made by
``python tests/resources/test_dossiers.py`` and held to what the answers say. A question on which they differ by more than one level
has to be rewritten. What made either of them waver is kept with the answer; the questions changed because of it are named in the table.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from forms.kinds import answers_of
from forms.reading import read_template
from forms.template import Question, Template

FOLDER = Path(__file__).with_name("dossiers")
TEMPLATES = Path(__file__).parents[2] / "resources" / "templates"
FORMS = {"lakeside": "partner-project", "plateau": "partner-project", "camp": "community-network"}
#: Questions whose words were sharpened because a reader wavered; they were answered before that.
SHARPENED = {
    "partner-project": (
        "finance.segregation",
        "harm.serious",
        "integrity.leadership.suspicion",
        "safeguarding.allegation.handling",
    ),
    "community-network": (
        "network.allegations",
        "network.armed",
        "network.data",
        "network.money.hands",
        "network.screening",
        "network.serious",
        "network.violence.mediation",
    ),
}


@dataclass(frozen=True)
class Pair:
    """What two readers answered to one question."""

    dossier: str
    question: Question
    first: Any
    second: Any

    @property
    def apart(self) -> int | None:
        """By how many levels they differ; ``None`` where levels cannot be compared."""
        if self.question.levels and isinstance(self.first, int) and isinstance(self.second, int):
            return abs(self.first - self.second)
        return 0 if self.first == self.second else None


def read(name: str) -> dict[str, dict[str, dict[str, Any]]]:
    found: dict[str, dict[str, dict[str, Any]]] = yaml.safe_load((FOLDER / f"reader-{name}.yaml").read_text("utf-8"))
    return found


def templates() -> dict[str, Template]:
    return {name: read_template(TEMPLATES / f"{name}.yaml") for name in FORMS.values()}


def pairs() -> list[Pair]:
    first, second, forms = read("a"), read("b"), templates()
    return [
        Pair(dossier, forms[form].question(question), first[dossier][question]["answer"], second[dossier][question]["answer"])
        for dossier, form in FORMS.items()
        for question in first[dossier]
    ]


def table() -> str:
    """Write the table of disagreements."""
    found = pairs()
    wavered = sum(1 for reader in ("a", "b") for answers in read(reader).values() for one in answers.values() if one["doubt"])
    lines = [
        "# Where two readers differed",
        "",
        "Made from the readers’ answers; see `test_dossiers.py`. Both answered in English, from dossier and form alone, without knowing of",
        "each other. Dossiers written for the purpose are clearer than real ones: caseworkers will differ more.",
        "",
        "| dossier | questions answered by both | the same answer | one level apart | more |",
        "|---|--:|--:|--:|--:|",
    ]
    for dossier in FORMS:
        own = [pair for pair in found if pair.dossier == dossier]
        same, one = sum(pair.first == pair.second for pair in own), sum(pair.apart == 1 for pair in own)
        lines.append(f"| {dossier} | {len(own)} | {same} | {one} | {len(own) - same - one} |")
    lines += ["", "| dossier | question | first reader | second reader |", "|---|---|---|---|"]
    lines += [f"| {pair.dossier} | {pair.question.id} | {pair.first} | {pair.second} |" for pair in found if pair.first != pair.second]
    lines += ["", f"Doubts noted beside the answers: {wavered}. Questions sharpened because of them, after they were answered:", ""]
    lines += [f"* {form}: {', '.join(questions)}" for form, questions in SHARPENED.items()]
    lines += ["", "Where the places in a dossier differ, the form for support networks now says that the weakest counts.", ""]
    return "\n".join(lines)


def test_both_readers_answered_the_same_questions_of_every_dossier() -> None:
    first, second = read("a"), read("b")
    assert set(first) == set(second) == set(FORMS)
    assert {dossier: set(answers) for dossier, answers in first.items()} == {dossier: set(answers) for dossier, answers in second.items()}
    assert len(pairs()) > 100


@pytest.mark.parametrize("reader", ["a", "b"])
def test_every_answer_is_one_that_the_question_still_has(reader: str) -> None:
    forms = templates()
    for dossier, answers in read(reader).items():
        for question, given in answers.items():
            allowed = answers_of(forms[FORMS[dossier]].question(question))
            assert allowed is not None, question
            assert str(given["answer"]) in [*allowed, "not_established"], (dossier, question)


def test_no_question_is_read_more_than_one_level_apart() -> None:
    assert [(pair.dossier, pair.question.id, pair.first, pair.second) for pair in pairs() if pair.apart is None or pair.apart > 1] == []


def test_dossiers_have_the_length_of_real_ones_and_say_that_they_are_invented() -> None:
    for dossier in FORMS:
        text = (FOLDER / f"{dossier}.md").read_text("utf-8")
        assert len(text.split()) > 1500
        assert "invented" in text[:300]


def test_table_of_disagreements_is_what_the_answers_say() -> None:
    assert (FOLDER / "disagreements.md").read_text("utf-8") == table()


def test_sharpened_questions_exist() -> None:
    forms = templates()
    assert all(forms[form].question(question) for form, questions in SHARPENED.items() for question in questions)


if __name__ == "__main__":
    (FOLDER / "disagreements.md").write_text(table(), "utf-8")
