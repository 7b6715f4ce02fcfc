"""Two hundred full reports in a row, in the languages of the template, and the memory that it takes."""

from __future__ import annotations

import resource
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))


@dataclass(frozen=True)
class BatchTimes:
    """Seconds for so many reports of so many pages in all; memory of the process in MiB after the first ten and at its highest."""

    reports: int
    pages: int
    seconds: float
    bytes_each: int
    memory_early_mib: float
    memory_mib: float


def measure(reports: int = 200) -> BatchTimes:
    """Make reports of an invented assessment under as many case numbers, each as it is before it is signed."""
    from desktop.language import language
    from desktop.reports.archive import finish
    from desktop.reports.content import report_content
    from tests.desktop.reports.sample_file import template
    from tests.desktop.reports.samples import make_person, make_root
    from tests.desktop.reports.sealed_reports import scored_file, sealed

    root = make_root()
    signers = {field: make_person(name, root) for field, name in (("Caseworker", "Ada Lindqvist"), ("Reviewer", "Ruth Nyberg"))}
    form = template()
    file = sealed(scored_file(form), signers)
    seal = file.seal
    assert seal is not None
    pages = written = 0
    early = 0.0
    begun = time.perf_counter()
    for number in range(reports):
        words = language(form.languages[number % len(form.languages)])
        one = replace(file, card=replace(file.card, case_number=f"2026-{number + 1:03d}"))
        laid_out = report_content(one, words, organisation="Havsstiftelsen", root_fingerprint=root.fingerprint)
        written += len(finish(laid_out, now=seal.at, payload=seal.record, record_sha256=seal.sha256))
        pages += laid_out.pages
        if number == 9:
            early = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    seconds = time.perf_counter() - begun
    return BatchTimes(
        reports=reports,
        pages=pages,
        seconds=seconds,
        bytes_each=written // reports,
        memory_early_mib=early,
        memory_mib=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    )
