"""How long it takes to score: random complete assessments of the bundled template."""

from __future__ import annotations

import random
import statistics
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from forms.answers import Answer, AnswerKey, AnswerSet
from forms.kinds import answers_of
from forms.reading import read_template
from forms.result import Case
from forms.scoring import score
from forms.template import Question, Template

TEMPLATE = Path(__file__).parents[2] / "resources/templates/partner-project.yaml"
_VALUES: dict[str, int | str] = {
    "integer": 12,
    "percent": 40,
    "money": "48000000 SEK",
    "date": "2025-11-30",
    "short_text": "Network",
    "long_text": "Words",
}


@dataclass(frozen=True)
class ScoreTimes:
    """Times for so many assessments: seconds for all, and milliseconds for one at the median and the 99th percentile."""

    assessments: int
    questions: int
    seconds: float
    median_ms: float
    p99_ms: float


def measure(assessments: int = 10_000) -> ScoreTimes:
    """Score random complete assessments of the bundled template, the same ones every time; drawing them is not counted."""
    template = read_template(TEMPLATE)
    case = Case(as_of=date(2026, 3, 2), scope="light", amount_minor=48_000_000, currency="SEK")
    drawn = random.Random(1)
    times = []
    for _ in range(assessments):
        answers = _draw(template, drawn)
        begun = time.perf_counter()
        result = score(template, answers, case)
        times.append(time.perf_counter() - begun)
        if not result.is_complete:
            raise AssertionError("a drawn assessment is complete")
    return ScoreTimes(
        assessments=assessments,
        questions=sum(1 for _ in template.questions()),
        seconds=sum(times),
        median_ms=statistics.median(times) * 1000,
        p99_ms=sorted(times)[int(len(times) * 0.99)] * 1000,
    )


def _draw(template: Template, drawn: random.Random) -> AnswerSet:
    """Answer what a plain partner is asked in the light scope; no document, table or choice of several is among it."""
    asked = [question for _, question in template.questions() if question.kind in _VALUES or question.kind in ("level", "choice")]
    return AnswerSet({AnswerKey(template.id, question.id): _answer(question, drawn) for question in asked})


def _answer(question: Question, drawn: random.Random) -> Answer:
    possible = answers_of(question)
    if possible is None:
        return Answer("answered", _VALUES[question.kind], known="seen")
    value = drawn.choice(possible)
    return Answer("answered", int(value) if question.kind == "level" else value, known="verified")
