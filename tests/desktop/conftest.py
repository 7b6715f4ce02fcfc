"""A desk and a window as the program makes them, with preferences of their own."""

from __future__ import annotations

import pytest

PASSPHRASE = "four small grey boats"


@pytest.fixture
def application(qapp):
    """Qt's application, dressed as the program dresses it."""
    from desktop.app import make_application

    return make_application()


@pytest.fixture
def make_desk(application, tmp_path):
    """Make a desk; each is stopped when the test is over."""
    import msgspec

    from desktop import app
    from desktop.settings.preferences import Preferences, PreferencesFile

    made = []

    def make(**chosen):
        kept_in = PreferencesFile(tmp_path / "settings" / "preferences.json")
        kept_in.write(msgspec.structs.replace(Preferences(language="en", scheme="light"), **chosen))
        desk = app.make_desk(application, kept_in=kept_in)
        made.append(desk)
        return desk

    yield make
    for desk in made:
        desk.stop()


@pytest.fixture
def desk(make_desk):
    return make_desk()


@pytest.fixture
def settled(qtbot, application):
    """Wait until a desk has nothing under way."""

    def wait(desk):
        qtbot.waitUntil(lambda: not desk.is_busy)
        for _ in range(8):  # a new look and a long page come in turns
            application.processEvents()
        qtbot.waitUntil(lambda: not desk.is_busy)

    return wait
