"""Writing documents of several cases: read in the database's thread, laid out in the second, registered and written in the first again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

import shiboken6
from PySide6.QtCore import QObject, Signal

from desktop.assessments.documents_run import Ended, Outcome, Pace, Run, progress_words, summary
from desktop.language import Language
from desktop.operations.change import Change
from desktop.operations.handing_out import NotWritten
from desktop.operations.wanted import ENTERED, Terms, Wanted, Written
from forms.errors import GedigenError
from forms.text import N_
from models.errors import DiskFull, PersonLocked, VaultReadOnly

if TYPE_CHECKING:
    from desktop.assessments.documents_state import DocumentLine
    from desktop.operations.batch import Found, Ready
    from desktop.shell.desk import Desk
    from models.actor import Actor

T = TypeVar("T")


class _Interrupted(GedigenError):
    """The person or the vault has gone between two steps."""


class WritingDocuments(QObject):
    """An errand: one document after the other, each in three steps, so that other rooms can use the vault in between.

    Whoever began it is asked for the passphrase once, if something must be made or entered in the audit trail, and everything is that
    person's act: it ends when another person works here, or the person is locked.
    """

    moved = Signal()
    ended = Signal()

    def __init__(self, desk: Desk, *, cases: tuple[UUID, ...], lines: tuple[DocumentLine, ...], terms: Terms) -> None:
        super().__init__(desk)
        self.cases = cases
        #: Tells whether the user sees what came of it; else it is said wherever the user is.
        self.is_watched: Callable[[], bool] = lambda: False
        self._desk, self._terms = desk, terms
        self.run = Run(terms.folder, lines)
        self._pace = Pace()
        self._actor: Actor | None = None
        self._began = 0.0
        self._running = False
        # Asked in the database's thread too, where a step may wait behind the one that closes the vault.
        self._gone = threading.Event()

    @property
    def is_running(self) -> bool:
        """Whether it is under way."""
        return self._running

    def words(self, language: Language) -> str:
        """Say what is under way, and how far it has come."""
        return f"{language.text(N_('Documents are being written.'))} {progress_words(self.run, language)}"

    def begin(self) -> None:
        """Begin. If the passphrase is needed and not given, it has ended before anything was begun: ``run.ended`` is empty then."""
        needed = self._terms.unsigned or any(one.chosen.kind in ENTERED for one in self.run.every)
        self._running = True
        self._desk.run(lambda: self._desk.actor() if needed else None, self._go_on_as, failed=self._not_begun)

    def stop(self) -> None:
        """End it after the present document."""
        if self._running and not self.run.is_stopping:
            self.run = replace(self.run, is_stopping=True)
            self.moved.emit()

    def abandon(self) -> None:
        """End it now; a document that is just being written is still written whole."""
        self._gone.set()
        if self._running:
            self._end("left")

    def _go_on_as(self, actor: Actor | None) -> None:
        self._actor = actor
        self._next()

    def _not_begun(self, error: GedigenError) -> None:
        self._running = False
        self._desk.report_error(error)
        self.ended.emit()

    def _next(self) -> None:
        if not self._running:
            return
        rest = [line for line in self.run.lines if line.wanted is not None and line.wanted not in self.run.outcomes]
        if not rest or self.run.is_stopping:
            self._end("stopped" if rest else "done")
            return
        wanted = rest[0].wanted
        assert wanted is not None  # noqa: S101 - the lines of the rest are those that have one
        self._began = time.monotonic()
        self.run = replace(self.run, present=wanted, seconds_left=self._pace.left(rest))
        self.moved.emit()
        self._in_vault(wanted, lambda: _read(wanted), lambda ready: self._look_up(wanted, ready))

    def _look_up(self, wanted: Wanted, ready: Ready) -> None:
        if self._running:
            terms, can_make = self._terms, self._actor is not None
            self._desk.render(
                lambda: _look_up(ready, terms, can_make=can_make),
                lambda found: self._write(wanted, found),
                failed=lambda error: self._done(wanted, error),
            )

    def _write(self, wanted: Wanted, found: Found) -> None:
        if self._running:
            self._in_vault(wanted, lambda: _write(self._actor, found, self._terms), lambda written: self._done(wanted, written))

    def _in_vault(self, wanted: Wanted, step: Callable[[], T], then: Callable[[T], None]) -> None:
        def while_here() -> T:
            if self._gone.is_set():
                raise _Interrupted("")
            try:
                return step()
            except PersonLocked:  # the desk would ask for a passphrase, whoever works here by now
                raise _Interrupted("") from None

        self._desk.run(while_here, then, failed=lambda error: self._done(wanted, error))

    def _done(self, wanted: Wanted, outcome: Outcome) -> None:
        """Take note of what came of a document, also of one that was just being written when the run was abandoned."""
        if not shiboken6.isValid(self):
            return
        if isinstance(outcome, _Interrupted):
            self.abandon()
            return
        self.run = replace(self.run, outcomes={**self.run.outcomes, wanted: outcome}, present=None)
        if isinstance(outcome, Written):
            self._pace.add(is_there=not outcome.is_new, seconds=time.monotonic() - self._began)
        if not self._running:
            self.moved.emit()
        elif _goes_for_all(outcome):
            self._end("refused", outcome if isinstance(outcome, GedigenError) else None)
        else:
            self._next()

    def _end(self, why: Ended, error: GedigenError | None = None) -> None:
        self._running = False
        self._actor = None
        self.run = replace(self.run, ended=why, why=error, present=None, is_stopping=False, seconds_left=None)
        self.moved.emit()
        self.ended.emit()
        if why != "left":
            if any(one.is_new for one in self.run.written):
                self._desk.changed.emit(Change("report"))
            if not self.is_watched():
                self._desk.note(summary(self.run, self._desk.language))


def _goes_for_all(outcome: Outcome) -> bool:
    """Tell whether what stood in the way of one document stands in the way of all."""
    return isinstance(outcome, DiskFull | VaultReadOnly) or (isinstance(outcome, NotWritten) and outcome.goes_for_all)


# The report's engine takes a while to load, so these bring it in where they run: outside the window's thread.


def _read(wanted: Wanted) -> Ready:
    from desktop.operations.batch import read_case

    return read_case(wanted=wanted)


def _look_up(ready: Ready, terms: Terms, *, can_make: bool) -> Found:
    from desktop.operations.batch import look_up

    return look_up(ready=ready, terms=terms, can_make=can_make)


def _write(actor: Actor | None, found: Found, terms: Terms) -> Written:
    from desktop.operations.batch import write

    return write(actor=actor, found=found, terms=terms)
