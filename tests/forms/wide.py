"""A template with everything that holds more than a number or a word, and with sub-areas, values without bands and flags."""

from __future__ import annotations

from typing import Any

from forms.decoding import decode
from forms.template import Template
from tests.forms.parts import column, level, recorded, remark, said, section, tree


def wide_tree() -> dict[str, Any]:
    """Give the plain data of a template with sub-areas, values without bands, flags and the kinds that hold more than one value."""
    several = [{"id": name, "text": said(), "points": points} for name, points in (("a", 1), ("b", 2), ("c", 3))]
    named = [{"id": name, "text": said()} for name in ("x", "y", "z")]
    areas = [
        level("area.one", points=(1, 2, 3, 4), group="first", key=True, not_applicable=True, answered_by="controller"),
        level("area.two", points=(1, 2, 3, 4), group="first"),
        level("area.three", points=(1, 2, 3, 4), group="second", same_as=[{"question": "other.three", "answers": {"0": "1", "4": "4"}}]),
        level("area.four", points=(1, 2, 3, 4), relies_on=[{"result": "psea_assessment", "answers": {"low": "1", "high": "4"}}]),
    ]
    figures = recorded(
        "facts.figures",
        "table",
        columns=[column("income", "money", sum=True), column("cost", "money"), column("staff", sum=True), column("opinion", "short_text")],
        rows=[{"id": "latest", "text": said()}, {"id": "before", "text": said()}],
        ratios=[
            {"id": "surplus", "text": said(), "over": ["income"], "minus": ["cost"], "under": "income", "remarks": [remark("0"), remark()]},
            {"id": "cover", "text": said(), "over": ["income"], "under": "cost", "show": "times", "remarks": [remark("1"), remark("3/2")]},
        ],
    )
    facts = [
        recorded("facts.several", "choices", options=named),
        recorded("facts.country", "country"),
        recorded("facts.number", "organisation_number", optional=True),
        recorded("facts.paper", "document"),
        figures,
        recorded("facts.funders", "table", optional=True, minimum=1, maximum=3, columns=funders()),
    ]
    bands = {
        "risk": {
            "direction": "higher_is_worse",
            "edge": "worse",
            "measure": "value",
            "derived": {
                "bands": ["low", "moderate", "significant", "high"],
                "shares": ["15/100", "3/10", "0.5"],
                "key_weight_in_range": False,
            },
        },
        "own": {
            "direction": "higher_is_better",
            "edge": "better",
            "steps": [{"band": "begun", "from": 0, "to": 50}, {"band": "done", "from": 50, "to": 100}],
            "words": {"begun": said(), "done": said()},
        },
    }
    return tree(
        [
            section(
                "area", areas, bands="risk", aggregate="mean", groups=[{"id": "first", "title": said()}, {"id": "second", "title": said()}]
            ),
            {
                **section(
                    "value",
                    [level("value.one"), level("value.two"), recorded("value.several", "choices", options=several, maximum=5)],
                    bands=None,
                ),
                "subject": "project",
                "aggregate": "mean",
                "value_only": True,
                "flag": {"at_most": 0, "text": said()},
            },
            {**section("own", [level("own.one"), level("own.two", group="g")], bands="own", groups=[{"id": "g", "title": said()}])},
            section("facts", facts, bands=None),
        ],
        bands=bands,
        subjects={},
        key_points={"2": 4, "3": 6, "4": 8},
        follows=said(),
        time={"light": 90},
        judged={"areas": "sections", "comment": "always", "not_applicable": True},
        perspectives=[{"id": "rights", "text": said(), "questions": ["area.one", "facts.paper"]}],
        partner_signs=True,
    )


def funders() -> list[dict[str, Any]]:
    """Give a column of every kind."""
    options = [{"id": "grant", "text": said()}, {"id": "loan", "text": said()}]
    return [
        column("name", "short_text", required=True),
        column("share", "percent"),
        column("since", "year"),
        column("until", "date"),
        column("form", "choice", options=options),
        column("seat", "country"),
        column("amount", "money", sum=True),
        column("people", "integer", sum=True),
    ]


def wide() -> Template:
    """Give that template, checked as a file would be."""
    return decode(wide_tree(), file="wide")
