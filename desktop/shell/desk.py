"""The desk: what every room works with. It knows who is here, runs operations, and says what happened."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from desktop.language import Language, language
from desktop.operations.change import Change
from desktop.settings.preferences import Preferences, PreferencesFile
from desktop.shell.place import Place
from desktop.shell.theme import Theme
from desktop.shell.worker import Worker
from forms.errors import GedigenError
from forms.text import N_
from models.errors import PersonLocked

if TYPE_CHECKING:
    from desktop.operations.undo import UndoHistory
    from desktop.shell.errand import Errand
    from models.actor import Actor
    from models.identity import PersonCard
    from models.vault import Vault

T = TypeVar("T")
_log = logging.getLogger(__name__)


class Desk(QObject):
    """Everything that rooms share; made once by ``app.py`` and handed to each room.

    Signals: ``went(Place)`` to go somewhere, ``changed(Change)`` after each write, ``noted(text, undo)`` and ``failed(text)`` for the
    message strip, ``unlock_wanted(again, given_up)`` when a person's passphrase is needed, ``appearance_changed()`` when language,
    scheme or text size are new, ``person_changed()``, ``switch_wanted()`` to let another person work here.
    """

    went = Signal(object)
    changed = Signal(object)
    noted = Signal(str, object)
    failed = Signal(str)
    unlock_wanted = Signal(object, object)
    appearance_changed = Signal()
    person_changed = Signal()
    commands_changed = Signal()
    back_wanted = Signal()
    switch_wanted = Signal()

    def __init__(self, *, preferences: Preferences, kept_in: PreferencesFile, theme: Theme) -> None:
        super().__init__()
        self.preferences = preferences
        self._kept_in = kept_in
        self.theme = theme
        self.vault: Vault | None = None
        self.person: PersonCard | None = None
        self._actor: Actor | None = None
        self._histories: dict[tuple[UUID, str], UndoHistory] = {}
        #: What is half typed in a form, by place, so that it outlives the room; forms put it here and take it away when it is saved.
        self.drafts: dict[Place, object] = {}
        #: Something long that goes on while one works in other rooms, or the last one that ended.
        self.errand: Errand | None = None
        self._database = Worker("database", self)
        self._drawing = Worker("drawing", self)

    @property
    def language(self) -> Language:
        """The window's language."""
        return language(self.preferences.language)

    @property
    def is_busy(self) -> bool:
        """Whether anything is under way in either thread."""
        return self._database.is_busy or self._drawing.is_busy

    def run(self, operation: Callable[[], T], then: Callable[[T], None], *, failed: Callable[[GedigenError], None] | None = None) -> None:
        """Run an operation in the database's thread and hand its outcome over in the window's.

        A ``Change`` is told to the rooms after ``then``. When a person is locked, the passphrase is asked for and the operation
        runs again: take the actor inside the operation (``lambda: seal(actor=desk.actor(), …)``).
        """

        def done(outcome: T) -> None:
            then(outcome)
            if isinstance(outcome, Change):
                self.changed.emit(outcome)

        def refused(error: BaseException) -> None:
            if isinstance(error, PersonLocked) and self.vault is not None:
                again = lambda: self.run(operation, then, failed=failed)  # noqa: E731
                self.unlock_wanted.emit(again, lambda: self._refuse(error, failed))
            else:
                self._refuse(error, failed)

        self._database.run(operation, done, refused)

    def render(self, job: Callable[[], T], then: Callable[[T], None], *, failed: Callable[[GedigenError], None] | None = None) -> None:
        """Run a long job that needs no database in the second thread."""
        self._drawing.run(job, then, lambda error: self._refuse(error, failed))

    def actor(self) -> Actor:
        """Give the person who acts, with the key at hand. Raises ``PersonLocked``."""
        if self._actor is None or self._actor.is_locked:
            raise PersonLocked(N_("Enter your passphrase to continue. Nothing was changed."))
        return self._actor

    def go(self, place: Place) -> None:
        """Go to a place."""
        self.went.emit(place)

    def back(self) -> None:
        """Go to where one came from."""
        self.back_wanted.emit()

    def switch_person(self) -> None:
        """Ask who works here from now on, by that person's own passphrase."""
        self.switch_wanted.emit()

    def note(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Say in the message strip what was done, with a way to undo it."""
        self.noted.emit(text, undo)

    def report_error(self, error: GedigenError) -> None:
        """Say in the message strip what could not be done."""
        self.failed.emit(self.language.error(error))

    def history(self, assessment: UUID, instrument: str) -> UndoHistory:
        """Give what can be undone in one instrument of an assessment since the vault was opened."""
        from desktop.operations.undo import UndoHistory  # with all that is kept, which the first window does not wait for

        return self._histories.setdefault((assessment, instrument), UndoHistory(assessment, instrument))

    def prefer(self, preferences: Preferences) -> None:
        """Take on preferences and keep them; the window is drawn anew if it looks or speaks differently."""
        looked = _appearance(self.preferences)
        self.preferences = preferences
        self.render(lambda: self._kept_in.write(preferences), lambda _: None)
        if _appearance(preferences) != looked:
            self.appearance_changed.emit()

    def take_on(self, errand: Errand) -> None:
        """Carry an errand from room to room, instead of the last one."""
        if self.errand is not None:
            self.errand.deleteLater()
        self.errand = errand

    def come_in(self, vault: Vault, person: PersonCard | None, actor: Actor | None) -> None:
        """Work in an opened vault, as a person if it is known who."""
        self.drop_errand()
        self.vault = vault
        self._histories.clear()
        self.drafts.clear()
        self.become(person, actor)

    def become(self, person: PersonCard | None, actor: Actor | None) -> None:
        """Let another person work; ``actor`` is ``None`` while that person has not given the passphrase."""
        others = self.person is not None and (person is None or person.id != self.person.id)
        if others or (self._actor is not None and self._actor is not actor):
            self._abandon_errand()
        if self._actor is not None and self._actor is not actor:
            self._actor.lock()
        self.person, self._actor = person, actor
        self.person_changed.emit()

    def describe(self, person: PersonCard) -> None:
        """Take on what has been changed about the person who works here; of anybody else nothing is kept here."""
        if self.person is not None and self.person.id == person.id:
            self.person = person
            self.person_changed.emit()

    def lock(self) -> None:
        """Let go of the person's key; reading goes on, writing asks the passphrase."""
        self._abandon_errand()
        self.become(self.person, None)

    def finish(self) -> None:
        """Stand still until everything that is being written is written and answered."""
        self._database.finish()

    def leave_vault(self) -> None:
        """Finish what is being written, let go of the person and close the vault."""
        self.drop_errand()
        vault = self.vault
        self.become(None, None)
        self.vault = None
        if vault is not None:
            self._database.wait(vault.close)

    def stop(self) -> None:
        """Close the vault after everything under way and end both threads."""
        self.leave_vault()
        self._drawing.stop()
        self._database.stop()

    def drop_errand(self) -> None:
        """End what is under way, and forget it: its vault is closed."""
        self._abandon_errand()
        if self.errand is not None:
            self.errand.deleteLater()
        self.errand = None

    def _abandon_errand(self) -> None:
        if self.errand is not None:
            self.errand.abandon()

    def _refuse(self, error: BaseException, failed: Callable[[Any], None] | None) -> None:
        if not isinstance(error, GedigenError):
            # The trace goes to the log; the sentence promises only what holds: each operation is one transaction.
            _log.error("an operation failed", exc_info=error)
            error = GedigenError(
                N_("Something went wrong in the program. What was saved before is safe; this step was not done. Try again.")
            )
        if failed is not None:
            failed(error)
        else:
            self.report_error(error)


def _appearance(preferences: Preferences) -> tuple[object, ...]:
    return preferences.language, preferences.scheme, preferences.text_size
