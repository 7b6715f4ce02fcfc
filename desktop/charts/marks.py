"""The mark that stands for a status: a shape, so that it is told apart without colour; a word always stands beside it."""

from __future__ import annotations

from typing import Literal

from desktop.charts.shapes import Path, circle, polygon

Status = Literal["low", "moderate", "significant", "high", "incomplete"]


def status_mark(status: Status, *, x: float, y: float, size: float) -> Path:
    """Draw the mark of a status centred on (x, y) in a square of ``size``: ● low, ◆ moderate, ▲ significant, ■ high, ○ incomplete.

    The sizes differ a little so that the five look equally large.
    """
    half = size / 2
    if status == "low":
        return circle(x=x, y=y, radius=half * 0.92, fill="low")
    if status == "moderate":
        return polygon(points=((x, y - half * 1.1), (x + half * 1.1, y), (x, y + half * 1.1), (x - half * 1.1, y)), fill="moderate")
    if status == "significant":
        return polygon(points=((x, y - half), (x + half * 1.08, y + half * 0.86), (x - half * 1.08, y + half * 0.86)), fill="significant")
    if status == "high":
        reach = half * 0.88
        return polygon(points=((x - reach, y - reach), (x + reach, y - reach), (x + reach, y + reach), (x - reach, y + reach)), fill="high")
    return circle(x=x, y=y, radius=half * 0.82, stroke="incomplete", width=size / 8, dash=(size / 5, size / 8))
