"""How long the library takes: reading heads, reading and checking everything, and scoring each template on random answers."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from forms.heads import read_head
from forms.reading import read_template, template_from_canonical
from forms.result import Case
from forms.scoring import score
from forms.template import Template
from forms.trial import generated

FOLDER = Path(__file__).parents[2] / "resources/templates"
SETS = 1_000
_TIMES = 5


@dataclass(frozen=True)
class TemplateTimes:
    """One template: questions asked in its widest scope, milliseconds to read and check it, and to score one random set of answers."""

    name: str
    questions: int
    read_ms: float
    median_ms: float
    p99_ms: float
    seconds: float


@dataclass(frozen=True)
class LibraryTimes:
    """The whole library: milliseconds, medians of a few runs; ``kept_ms`` is reading all from the form that a vault keeps."""

    templates: int
    kilobytes: int
    heads_ms: float
    whole_ms: float
    kept_ms: float
    each: tuple[TemplateTimes, ...]


def measure(sets: int = SETS) -> LibraryTimes:
    """Read the bundled library in three ways, and score each template on the same random answers every time; drawing is not counted."""
    files = sorted(FOLDER.glob("*.yaml"))
    read = [read_template(file) for file in files]
    kept = [template.canonical() for template in read]
    return LibraryTimes(
        templates=len(files),
        kilobytes=sum(file.stat().st_size for file in files) // 1024,
        heads_ms=_median(lambda: [read_head(file) for file in files]),
        whole_ms=_median(lambda: [read_template(file) for file in files]),
        kept_ms=_median(lambda: [template_from_canonical(one) for one in kept]),
        each=tuple(_one(template, file, sets) for template, file in zip(read, files, strict=True)),
    )


def _median(work: Callable[[], object]) -> float:
    times = []
    for _ in range(_TIMES):
        begun = time.perf_counter()
        work()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


def _one(template: Template, file: Path, sets: int) -> TemplateTimes:
    case = Case(as_of=date(2026, 3, 2), scope=template.scopes[-1], amount_minor=48_000_000, currency="SEK")
    drawn = random.Random(1)
    times, asked = [], 0
    for _ in range(sets):
        answers = generated(template, case, "random", drawn)
        begun = time.perf_counter()
        result = score(template, answers, case)
        times.append((time.perf_counter() - begun) * 1000)
        asked = max(asked, len(result.lines))
        if not result.is_complete:
            raise AssertionError(f"{template.id}: a generated assessment is complete")
    return TemplateTimes(
        name=f"{template.id}, {template.scopes[-1]}",
        questions=asked,
        read_ms=_median(lambda: read_template(file)),
        median_ms=statistics.median(times),
        p99_ms=sorted(times)[int(len(times) * 0.99)],
        seconds=sum(times) / 1000,
    )
