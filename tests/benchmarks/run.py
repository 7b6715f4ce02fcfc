"""Measures, and prints a table: ``python3 dev.py bench``, or ``python3 dev.py bench PART …`` for some of its parts: start, turns,
answering, score, templates, report, batch, typeset, bundle.

Each part runs in a process of its own, so that its memory is its own too.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any

PARTS = ("start", "turns", "answering", "score", "templates", "report", "batch", "typeset", "bundle")


def main(arguments: list[str]) -> int:
    """Measure the parts that are named, or all, and print what came out."""
    if arguments[:1] == ["--part"]:
        _say(json.dumps(_measure(arguments[1])))
        return 0
    wanted = arguments or list(PARTS)
    if any(part not in PARTS for part in wanted):
        _say(__doc__ or "")
        return 64
    _say(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} processors\n")
    _say("| what | figure | beside |\n|---|---|---|")
    for part in wanted:
        told = subprocess.run(
            [sys.executable, __file__, "--part", part],
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(Path(__file__).parents[2])},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        ).stdout
        for what, figure, beside in ROWS[part](json.loads(told.splitlines()[-1])):
            _say(f"| {what} | {figure} | {beside} |")
    return 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _measure(part: str) -> dict[str, Any]:
    sys.path.insert(0, str(Path(__file__).parent))
    measured = import_module(part).measure()
    return asdict(measured)


def _start(of: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    yield (
        f"start of the program to the first turn of the event loop, median of {of['starts']}",
        f"{of['program_ms']:.0f} ms",
        f"{of['program_ms'] / of['bare_ms']:.2f} × a bare window ({of['bare_ms']:.0f} ms)",
    )


def _turns(of: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    by_name: dict[str, list[str]] = {}
    for step in of["steps"]:
        told = f"{step['occasion']} {step['wall_ms']:.0f} ms ({step['own_ms']:.0f})".strip()
        by_name.setdefault(step["name"], []).append(told)
    for name, told in by_name.items():
        yield f"longest turn: {name}", told[0], ", ".join(told[1:])


def _answering(of: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for name, what in (
        ("drawn", f"key of a level → room redrawn, {of['answers']} answers"),
        ("saved", "key of a level → in the vault, and said so"),
        ("moved", "arrow key → next question drawn"),
    ):
        yield what, f"p50 {of[f'{name}_median_ms']:.0f} ms", f"p99 {of[f'{name}_p99_ms']:.0f} ms"
    yield "peak memory of the window after these answers", f"{of['memory_mib']:.0f} MiB", f"{of['memory_home_mib']:.0f} MiB at Home"


def _score(of: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    yield (
        f"{of['assessments']:,} assessments of {of['questions']} questions scored".replace(",", " "),
        f"{of['seconds']:.1f} s",
        f"one: p50 {of['median_ms']:.2f} ms, p99 {of['p99_ms']:.2f} ms",
    )


def _templates(of: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    yield (
        f"library of {of['templates']} templates ({of['kilobytes']} kB): all heads",
        f"{of['heads_ms']:.0f} ms",
        f"read and checked whole: {of['whole_ms']:.0f} ms; from a vault: {of['kept_ms']:.0f} ms",
    )
    for one in of["each"]:
        yield (
            f"– {one['name']}: 1 000 random answer sets of up to {one['questions']} questions scored",
            f"{one['seconds']:.1f} s",
            f"one: p50 {one['median_ms']:.2f} ms, p99 {one['p99_ms']:.2f} ms; read and checked {one['read_ms']:.0f} ms",
        )


def _report(of: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    plain = of["plain_ms"]
    for name, what in (
        ("plain_ms", f"report of {of['pages']} pages on reportlab's plain canvas, median of {of['reports']}"),
        ("tagged_ms", "– the same pieces tagged"),
        ("archive_ms", "– PDF/A-3a and PDF/UA-1 pass"),
        ("b_b_ms", "– one signature, alone (B-B)"),
        ("offline_ms", "– one signature with the revocation list, offline"),
        ("b_lt_ms", "– one signature with list and timestamp (B-LT)"),
        ("three_ms", "– three signatures B-LT, one after the other"),
        ("archive_timestamp_ms", "– archive timestamp after them"),
        ("verification_ms", "– verification of all that, the result computed again"),
        ("verification_apart_ms", "– the same in a child process with limits"),
    ):
        yield what, f"{of[name]:.0f} ms", f"{of[name] / plain:.2f} × plain"
    yield (
        "– tagged and PDF/A pass together",
        f"{of['tagged_ms'] + of['archive_ms']:.0f} ms",
        f"{(of['tagged_ms'] + of['archive_ms']) / plain:.2f} × plain",
    )
    yield "– bytes " + ", ".join(of["sizes"]), ", ".join(f"{size / 1000:.0f} kB" for size in of["sizes"].values()), ""
    yield "peak memory of making, signing and verifying reports", f"{of['memory_mib']:.0f} MiB", ""


def _batch(of: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    each, speed = of["seconds"] / of["reports"] * 1000, of["pages"] / of["seconds"]
    yield (
        f"{of['reports']} reports of {of['pages']} pages in all, one after the other",
        f"{of['seconds']:.1f} s",
        f"{each:.0f} ms each, {speed:.0f} pages/s, {of['bytes_each'] / 1000:.0f} kB each",
    )
    yield "– peak memory", f"{of['memory_mib']:.0f} MiB", f"{of['memory_early_mib']:.0f} MiB after the first ten"


def _typeset(of: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    theirs = f"typst {of['typst_ms']:.0f} ms, {of['typst_bytes'] / 1000:.0f} kB" if of["typst_ms"] else "typst could not be installed"
    yield (
        f"one page with a table of {of['rows']} rows, PDF/A-3a and PDF/UA-1",
        f"{of['ours_ms']:.0f} ms, {of['ours_bytes'] / 1000:.0f} kB",
        theirs,
    )


def _bundle(of: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    yield "bundle: the folder", f"{of['folder_bytes'] / 1e6:.1f} MB", f"packed by xz: {of['packed_bytes'] / 1e6:.1f} MB"
    yield (
        f"start of the bundle to its window on the screen, median of {of['starts']}",
        f"{of['bundle_ms']:.0f} ms",
        f"{of['bundle_ms'] / of['source_ms']:.2f} × `python -m desktop` ({of['source_ms']:.0f} ms)",
    )
    yield (
        "– processor time of it",
        f"{of['bundle_cpu_ms']:.0f} ms",
        f"{of['bundle_cpu_ms'] / of['source_cpu_ms']:.2f} × `python -m desktop` ({of['source_cpu_ms']:.0f} ms)",
    )
    for kind, what in (("rss", "RSS"), ("pss", "PSS")):
        bundle, source = of[f"bundle_{kind}_mib"], of[f"source_{kind}_mib"]
        yield f"memory of the bundle's window at rest, {what}", f"{bundle:.0f} MiB", f"`python -m desktop`: {source:.0f} MiB"


ROWS = {
    "start": _start,
    "turns": _turns,
    "answering": _answering,
    "score": _score,
    "templates": _templates,
    "report": _report,
    "batch": _batch,
    "typeset": _typeset,
    "bundle": _bundle,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
