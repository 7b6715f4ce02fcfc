"""Pieces of small templates, as plain data: levels, choices, tables, sections."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from forms.decoding import decode
from forms.template import Template

CAPACITY = {
    "direction": "higher_is_better",
    "edge": "worse",
    "steps": [
        {"band": "weak", "from": 0, "to": 40},
        {"band": "limited", "from": 40, "to": 60},
        {"band": "adequate", "from": 60, "to": 80},
        {"band": "strong", "from": 80, "to": 100},
    ],
}


def said(words: str = "Text") -> dict[str, str]:
    """Give a text in the one language that built templates have."""
    return {"en": words}


def level(id_: str, *, points: Sequence[int] = (0, 1, 2, 3, 4), **more: Any) -> dict[str, Any]:
    """Give a level question; level keys count from 0 (from 1 when the points do), the points are those given."""
    first = 1 if points[0] == 1 else 0
    levels = [{"key": first + place, "text": said(), "points": worth} for place, worth in enumerate(points)]
    return {"id": id_, "kind": "level", "text": said(id_), "guidance": said(), "levels": levels, **more}


def choice(id_: str, options: Mapping[str, int | None], **more: Any) -> dict[str, Any]:
    """Give a choice question; an option with points ``None`` is recorded only."""
    listed = [{"id": name, "text": said(), **({} if points is None else {"points": points})} for name, points in options.items()]
    return {"id": id_, "kind": "choice", "text": said(id_), "guidance": said(), "options": listed, **more}


def recorded(id_: str, kind: str = "integer", **more: Any) -> dict[str, Any]:
    """Give a question that is recorded and not scored."""
    return {"id": id_, "kind": kind, "text": said(id_), "guidance": said(), **more}


def yes_no(id_: str, **more: Any) -> dict[str, Any]:
    """Give a question with yes 4, partly 2, no 0."""
    return {
        "id": id_,
        "kind": "yes_partly_no",
        "text": said(id_),
        "guidance": said(),
        "points": {"yes": 4, "partly": 2, "no": 0},
        **more,
    }


def section(id_: str, questions: Sequence[dict[str, Any]], *, bands: str | None = "capacity", **more: Any) -> dict[str, Any]:
    """Give a section of the organisation."""
    banded = {} if bands is None else {"bands": bands}
    return {"id": id_, "title": said(id_), "subject": "organisation", "questions": list(questions), **banded, **more}


def tree(sections: Sequence[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """Give the plain data of a template with the ordinary capacity bands and an organisation."""
    plain: dict[str, Any] = json.loads(
        json.dumps(
            {
                "format": 1,
                "rules": 1,
                "id": "built",
                "version": "1",
                "languages": ["en"],
                "name": said(),
                "purpose": said(),
                "about": said(),
                "method": said(),
                "scopes": ["light"],
                "bands": {"capacity": CAPACITY},
                "subjects": {"organisation": {"bands": "capacity"}},
                "sections": list(sections),
                **more,
            }
        )
    )
    return plain


def built(sections: Sequence[dict[str, Any]], **more: Any) -> Template:
    """Give a template of these sections, checked as a file would be."""
    return decode(tree(sections, **more), file="built")


def column(id_: str, kind: str = "integer", **more: Any) -> dict[str, Any]:
    """Give a column of a table."""
    return {"id": id_, "text": said(id_), "kind": kind, **more}


def remark(below: str | None = None) -> dict[str, Any]:
    """Give a remark on a ratio below a limit, or on any."""
    return {"text": said(), **({} if below is None else {"below": below})}
