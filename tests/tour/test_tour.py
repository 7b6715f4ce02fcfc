"""Every screen, in every look: nothing clipped, nothing over something else, nothing without a name; and pictures to look at.

The pictures are written to ``build/tour``, one contact sheet for each screen.
"""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest

SHEETS = Path(__file__).resolve().parents[2] / "build" / "tour"


def test_no_screen_clips_covers_or_leaves_anything_without_a_name(tour):
    from faults import faults
    from scenes import SIZES, Look

    found = []
    for look in (Look("light", "sv", SIZES[0]), Look("dark", "fr", SIZES[0], text_size=200)):
        tour.wear(look)
        found += [f"start, {look}: {fault}" for fault in faults(tour.window)]
    tour.window.centralWidget().show_create()
    tour.settle()
    found += [f"create: {fault}" for fault in faults(tour.window)]
    tour.wear(Look("light", "sv", SIZES[0]))
    found += [f"{name}: {fault}" for name, scene in tour.loose() for fault in faults(scene)]
    tour.enter()
    for look in (Look("light", "sv", SIZES[0]), Look("dark", "fr", SIZES[0], text_size=200)):
        tour.wear(look)
        for name, place in tour.places():
            tour.go(place)
            found += [f"{name}, {look}: {fault}" for fault in faults(tour.window)]
        for name, scene in chain(tour.dialogs(), tour.scenes()):
            found += [f"{name}, {look}: {fault}" for fault in faults(scene)]
    assert found == []


@pytest.mark.full
def test_contact_sheets_of_every_screen_are_made(tour):
    from scenes import ALL_LOOKS, contact_sheet

    pictures = {"start": [], "create": [], "locked": []}
    for look in ALL_LOOKS:
        tour.wear(look)
        pictures["start"].append((str(look), tour.picture()))
        tour.window.centralWidget().show_create()
        tour.settle()
        pictures["create"].append((str(look), tour.picture()))
        for name, scene in tour.loose():
            pictures.setdefault(name, []).append((str(look), scene.grab().toImage()))
        tour.window.show_start()
        tour.settle()
    tour.enter()
    for look in ALL_LOOKS:
        tour.wear(look)
        for name, place in tour.places(full=True):
            tour.go(place)
            pictures.setdefault(name, []).append((str(look), tour.picture()))
        for name, dialog in tour.dialogs():
            pictures.setdefault(f"dialog-{name}", []).append((str(look), dialog.grab().toImage()))
        for name, scene in tour.scenes():
            pictures.setdefault(name, []).append((str(look), scene.grab().toImage()))
    tour.window.lock()
    for look in ALL_LOOKS:
        tour.wear(look)
        pictures["locked"].append((str(look), tour.picture()))
    for name, taken in pictures.items():
        contact_sheet(taken, SHEETS / f"{name}.png")
    assert {file.stem for file in SHEETS.glob("*.png")} >= set(pictures)
