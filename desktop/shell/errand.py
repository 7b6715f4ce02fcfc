"""Errands: something long that goes on while one works in other rooms, and that the desk carries from room to room."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import Signal

from desktop.language import Language


class Errand(Protocol):
    """A ``QObject`` that says ``moved()`` when it has come further, and ``ended()`` once. Each piece of it is done whole or not at all."""

    moved: Signal
    ended: Signal

    @property
    def is_running(self) -> bool:
        """Whether it is under way."""

    def words(self, language: Language) -> str:
        """Say in a sentence what is under way and how far it has come."""

    def stop(self) -> None:
        """End it after the piece that is worked on."""

    def abandon(self) -> None:
        """End it now, because the person or the vault is going: no further piece is begun, and none is half done."""

    def deleteLater(self) -> None:
        """Let go of it."""
