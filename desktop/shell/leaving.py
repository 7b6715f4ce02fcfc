"""What would be lost by closing now, and the question whether it may be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop.language import Language
from desktop.shell.errand import Errand
from desktop.shell.place import Place
from forms.text import N_

#: Forms that are saved only when one says so, in the words of their headings.
_FORMS = {
    "partner_edit": N_("a partner"),
    "project_edit": N_("a project"),
    "outside_result": N_("another body’s result"),
    "new_assessment": N_("a new assessment"),
    "recommendation": N_("Recommendation"),
    "review": N_("Review"),
    "decision": N_("Decision"),
}


def unsaved(drafts: Mapping[Place, object]) -> tuple[Place, ...]:
    """Give the places of the forms that hold something typed or judged; some are kept though they were only looked at."""
    return tuple(place for place, draft in drafts.items() if place.room in _FORMS and _says_something(draft))


def unsaved_words(places: Iterable[Place], language: Language) -> str:
    """Name the forms at these places, each kind once; empty when there is none."""
    rooms = {place.room for place in places}
    return language.listing([language.text(words) for room, words in _FORMS.items() if room in rooms])


def _says_something(draft: object) -> bool:
    from desktop.assessments.starting import Typed
    from desktop.review.state import Sitting

    if isinstance(draft, Typed):
        return bool(draft.scope_reason.strip() or draft.rate.strip() or draft.rapid.reason.strip())
    if isinstance(draft, Sitting):
        return bool(draft.points or draft.comment.strip() or draft.approves)
    return True


class _Question(QMessageBox):
    """Asks before something is lost or stopped. Staying is the default, also by Escape."""

    def __init__(
        self,
        title: str,
        asked: str,
        what: str,
        *,
        ways: tuple[str, str],
        stay: Callable[[], None],
        leave: Callable[[], None],
        parent: QWidget,
    ) -> None:
        super().__init__(QMessageBox.Icon.NoIcon, title, asked, parent=parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setInformativeText(what)
        staying = self.addButton(ways[0], QMessageBox.ButtonRole.RejectRole)
        leaving = self.addButton(ways[1], QMessageBox.ButtonRole.DestructiveRole)
        staying.setAccessibleIdentifier("leaving.stay")
        leaving.setAccessibleIdentifier("leaving.leave")
        self.setDefaultButton(staying)
        self.setEscapeButton(staying)
        self.finished.connect(lambda _: leave() if self.clickedButton() is leaving else stay())


class LeavingQuestion(_Question):
    """Asks before something typed is lost."""

    def __init__(self, language: Language, what: str, *, stay: Callable[[], None], leave: Callable[[], None], parent: QWidget) -> None:
        title, asked = language.text(N_("Not saved")), language.text(N_("Close without saving?"))
        ways = language.text(N_("Stay")), language.text(N_("Close without saving"))
        super().__init__(title, asked, what, ways=ways, stay=stay, leave=leave, parent=parent)


class StoppingQuestion(_Question):
    """Asks before an errand that is under way is stopped; ``leave`` waits for the end of the piece that is worked on."""

    def __init__(self, language: Language, errand: Errand, *, leave: Callable[[], None], parent: QWidget) -> None:
        title, asked = language.text(N_("Not ready")), language.text(N_("Stop and close?"))
        ways = language.text(N_("Go on")), language.text(N_("Stop and close"))
        self._errand = errand

        def stop() -> None:
            if errand.is_running:
                errand.ended.connect(leave)
                errand.stop()
            else:
                leave()

        super().__init__(title, asked, errand.words(language), ways=ways, stay=lambda: None, leave=stop, parent=parent)
