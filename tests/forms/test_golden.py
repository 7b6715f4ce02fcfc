"""Rules 1 give the same bytes for ever.

Each file in ``golden/`` holds answers, a case and the Result's bytes; the template that they belong to, as it was, lies beside in
``golden/templates/`` under its hash. A later engine that differs by one byte fails here, because reports already signed could no
longer be worked out again. The files are never changed.

To add one, describe it in ``NEW`` below, run ``GEDIGEN_WRITE_GOLDEN=1 python -m pytest tests/forms/test_golden.py`` once, look at
the file and commit it. Nothing that exists is ever written over.
"""

from __future__ import annotations

import json
import os
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from forms.answers import Answer, AnswerKey, AnswerSet
from forms.canonical import plain
from forms.reading import template_from_canonical
from forms.result import Case
from forms.scoring import score
from forms.template import Template
from forms.values import as_value
from tests.forms.building import DONT_KNOW, NOT_APPLICABLE, NOT_ESTABLISHED, answer, built, level, mixed, real, section, three, wide

FOLDER = Path(__file__).with_name("golden")
WRITE = "GEDIGEN_WRITE_GOLDEN" in os.environ

GOOD: dict[str, Any] = {
    "finance.books": 3,
    "finance.bank": 4,
    "finance.staff": 12,
    "integrity.policy": "partly",
    "integrity.cases": 2,
    "integrity.kind": "good",
    "extra.one": 3,
    "extra.two": 4,
    "design.need": 3,
    "design.plan": "yes",
}

WHOLE: dict[str, Any] = {
    "area.one": NOT_ESTABLISHED,
    "area.two": 1,
    "area.three": 2,
    "area.four": 1,
    "value.one": 3,
    "value.two": 0,
    "value.several": ("a", "b", "c"),
    "own.one": 2,
    "own.two": 2,
    "facts.several": ("x", "z"),
    "facts.country": "KE",
    "facts.number": "SE-ON 556091-2148",
    "facts.paper": ("Licence", "2024-01-31", "2026-03-01"),
    "facts.figures": (("100000 SEK", "90000 SEK", 4, "Unqualified"), ("100000 SEK", None, None, None)),
    "facts.funders": (("Fund A", 40, 2019, "2027-06-30", "grant", "SE", "100 SEK", 3),),
}


def hact() -> Template:
    bands = {
        "risk": {
            "direction": "higher_is_worse",
            "edge": "worse",
            "measure": "value",
            "derived": {"bands": ["low", "moderate", "significant", "high"], "shares": ["1/4", "2/4", "3/4"], "key_weight_in_range": True},
        }
    }
    asked = [level(f"s.q{q}", points=(1, 2, 3, 4), key=q < 4, not_applicable=True) for q in range(7)]
    return built(
        [section("s", asked, bands="risk", aggregate="mean")],
        bands=bands,
        subjects={"organisation": {"bands": "risk", "combine": "questions"}},
        key_points={"2": 4, "3": 6, "4": 8},
    )


def every(template: Template, **changed: Any) -> dict[str, Any]:
    """Answer every question of a template alike: level 3, yes, the first option, and something for the rest."""
    by_kind: dict[str, int | str] = {
        "level": 3,
        "yes_partly_no": "yes",
        "integer": 40,
        "percent": 60,
        "money": "48000000 SEK",
        "date": "2025-11-30",
        "short_text": "Network",
        "long_text": "Words",
    }
    given = {one.id: by_kind[one.kind] if one.kind != "choice" else one.options[0].id for _, one in template.questions()}
    return given | {question.replace("__", "."): value for question, value in changed.items()}


def ordinary(**changed: Any) -> Case:
    return Case(**{"as_of": date(2026, 3, 2), "scope": "light", **changed})


MONEY: dict[str, Any] = {"amount_minor": 1_250_000, "currency": "USD", "rate": Fraction(1042, 100)}
NEW: dict[str, tuple[Template, dict[str, Any], Case]] = {
    "three-complete": (three(), {"governance.board.meetings": 3, "governance.plan": "yes", "governance.staff": 4}, ordinary()),
    "three-incomplete": (three(), {"governance.board.meetings": DONT_KNOW, "governance.plan": "partly"}, ordinary()),
    "three-empty": (three(), {}, ordinary()),
    "three-capped": (three(), {"governance.board.meetings": 1, "governance.plan": "yes", "governance.staff": 0}, ordinary()),
    "three-not-applicable": (
        three(),
        {"governance.board.meetings": 4, "governance.plan": NOT_APPLICABLE, "governance.staff": 1},
        ordinary(),
    ),
    "three-not-established": (
        three(),
        {"governance.board.meetings": NOT_ESTABLISHED, "governance.plan": "no", "governance.staff": 1},
        ordinary(),
    ),
    "mixed-complete": (mixed(), GOOD, ordinary()),
    "mixed-stopped": (mixed(), GOOD | {"finance.books": 0}, ordinary()),
    "mixed-gate": (mixed(), GOOD | {"finance.bank": 0, "finance.books": 2}, ordinary()),
    "mixed-hidden": (mixed(), GOOD | {"integrity.policy": "no", "finance.staff": 3}, ordinary()),
    "mixed-approved": (
        mixed(),
        GOOD | dict.fromkeys(("finance.bank", "integrity.kind", "extra.two"), NOT_APPLICABLE),
        ordinary(facts={"not_applicable_approved": "yes"}),
    ),
    "mixed-awaits-approval": (mixed(), GOOD | dict.fromkeys(("finance.bank", "integrity.kind", "extra.two"), NOT_APPLICABLE), ordinary()),
    "hact-tie": (
        hact(),
        {"s.q0": 2, "s.q1": 2, "s.q2": 2, "s.q3": 4, "s.q4": 1, "s.q5": 2, "s.q6": NOT_APPLICABLE},
        ordinary(),
    ),
    "hact-not-established": (hact(), {"s.q0": NOT_ESTABLISHED} | {f"s.q{q}": 1 for q in range(1, 7)}, ordinary()),
    "wide-complete": (wide(), WHOLE, ordinary()),
    "wide-half": (wide(), {"area.one": 4, "area.three": NOT_APPLICABLE, "value.one": 0, "value.several": ("a", "b")}, ordinary()),
    "partner-project-complete": (real(), every(real()), ordinary(**MONEY)),
    "partner-project-stops-and-contradictions": (
        real(),
        every(real(), delivery__need=0, integrity__screening__outcome="listed", finance__payment__route="private_or_unlicensed"),
        ordinary(),
    ),
    "partner-project-capped": (
        real(),
        {id_: 4 if one == 3 else one for id_, one in every(real()).items()} | {"finance.account.control": 1, "safeguarding.conduct": 1},
        ordinary(amount_minor=90_000_000, currency="SEK"),
    ),
    "partner-project-half": (
        real(),
        dict(list(every(real(), delivery__need=NOT_ESTABLISHED).items())[: len(every(real())) // 2]),
        ordinary(**MONEY),
    ),
}


def case_from(written: dict[str, Any]) -> Case:
    rate = written["rate"]
    return Case(**{**written, "as_of": date.fromisoformat(written["as_of"]), "rate": None if rate is None else Fraction(rate)})


def write(path: Path, template: Template, given: dict[str, Any], case: Case) -> None:
    """Write one golden file; it never exists before."""
    full = {question: one if isinstance(one, Answer) else answer(one) for question, one in sorted(given.items())}
    result = score(template, AnswerSet({AnswerKey(template.id, question): one for question, one in full.items()}), case)
    content = {
        "case": plain(case),
        "answers": plain(full),
        "template": template.hash,
        "result": result.to_bytes().decode(),
    }
    kept = path.parent / "templates" / f"{template.hash}.json"
    kept.parent.mkdir(exist_ok=True)
    kept.write_bytes(template.canonical())
    with path.open("x", encoding="utf-8") as stream:
        json.dump(content, stream, ensure_ascii=False, indent=1)
        stream.write("\n")


if WRITE:
    FOLDER.mkdir(exist_ok=True)
    for _name, _parts in NEW.items():
        if not (FOLDER / f"{_name}.json").exists():
            write(FOLDER / f"{_name}.json", *_parts)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_rules_1_give_the_same_bytes_for_ever(path: Path) -> None:
    golden = json.loads(path.read_text(encoding="utf-8"))
    kept = (FOLDER / "templates" / f"{golden['template']}.json").read_bytes()
    template = template_from_canonical(kept)
    assert template.canonical() == kept
    assert template.hash == golden["template"] == json.loads(golden["result"])["template"]
    answers = AnswerSet(
        {
            AnswerKey(template.id, question): Answer(**{**one, "value": as_value(one["value"])})
            for question, one in golden["answers"].items()
        }
    )
    assert score(template, answers, case_from(golden["case"])).to_bytes().decode() == golden["result"]


def test_every_golden_case_has_its_file() -> None:
    assert set(NEW) <= {path.stem for path in FOLDER.glob("*.json")}


def test_the_golden_cases_hold_each_thing_that_a_result_can_say() -> None:
    results = [json.loads(json.loads(path.read_text(encoding="utf-8"))["result"]) for path in FOLDER.glob("*.json")]
    statuses = {one["score"]["status"] for result in results for one in (*result["sections"], *result["subjects"])}
    states = {line["state"] for result in results for line in result["lines"]}
    assert statuses >= {"complete", "incomplete", "needs_approval", "unscored"}
    assert states == {"open", "answered", "not_applicable", "dont_know", "not_established"}
    for part in ("gaps", "stops", "clashes", "risks", "proposal", "assurance"):
        assert any(result[part] for result in results)
        assert any(not result[part] for result in results)
    assert any(one["score"]["held_by"] for result in results for one in result["sections"])
    assert any(one["score"]["held_by"] for result in results for one in result["subjects"])
