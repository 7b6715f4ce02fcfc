"""A row of a table may have any height: lower than a page it stays whole, higher it is split, and at the very edge it is set too."""

from __future__ import annotations

import pytest

from desktop.reports.layout import Column
from tests.desktop.reports.samples import begin


@pytest.mark.parametrize("size", ["normal", "dense"])
@pytest.mark.parametrize("before", [0, 30])
def test_a_row_of_every_height_around_a_page_is_set(size: str, before: int) -> None:
    for lines in range(58, 84):
        report = begin()
        report.title("Blåklint")
        for number in range(before):
            report.paragraph(f"Before it, {number}.")
        report.table([Column("No."), Column("Said", 5)], [["1", "\n".join(["En rad"] * lines)]], size=size)  # type: ignore[arg-type]
        assert report.lay_out().pages <= 4


def test_a_low_row_is_not_torn_apart_at_the_foot_of_a_page() -> None:
    for before in range(20, 44):
        report = begin()
        report.title("Blåklint")
        for number in range(before):
            report.paragraph(f"Before it, {number}.")
        report.table([Column("No."), Column("Said", 5)], [[str(number), "\n".join(["En rad"] * 7)] for number in range(4)])
        pages = [mark for page in report.lay_out().marks for mark in dict.fromkeys(page)]
        cells = [mark for mark in pages if mark.tag == "P" and mark.parent is not None and mark.parent.tag == "TD"]
        assert len(cells) == len(dict.fromkeys(cells)), before
