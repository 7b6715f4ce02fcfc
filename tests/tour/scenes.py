"""The scenes of the tour: every place of its vault, every dialog, in every look."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import msgspec
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget

from desktop import app
from desktop.assessments.names_taken import NamesTaken
from desktop.operations import timestamp_authority, vaults
from desktop.operations.assessments import assessment_rows
from desktop.operations.sample import CASEWORKER, CHAIR, PASSPHRASE, REVIEWER, VAULT_NAME
from desktop.seal.pin_dialog import PinDialog
from desktop.settings.preferences import Preferences, PreferencesFile
from desktop.shell.given import Given
from desktop.shell.place import Place
from desktop.shell.rooms import ROOMS
from desktop.shell.window import MainWindow
from desktop.verify.loose_view import LooseVerifyView
from desktop.verify.room import VerifyRoom
from models.cards import AssessmentCard
from models.identity import PersonCard
from models.timestamp_setting import AuthoritySetting

#: So many colours are no empty paper with a line around it.
_COLOURS = 12
_SMOOTH = Qt.TransformationMode.SmoothTransformation
SIZES = (QSize(1280, 800), QSize(1920, 1080))
#: What each room is about beside its name.
_ABOUT_PARTNER = {"partner", "comparison", "partner_edit", "project_edit", "outside_result", "new_assessment"}
_PROTECTED = {"partner", "partner_edit"}
#: Room → the cases that show what it has to show.
_ABOUT_ASSESSMENT = {
    "assessment": ("half", "never-review", "never-returned", "renewal-draft", "several"),
    "result": ("half", "never-seen", "board-sealed", "renewal", "several"),
    "recommendation": ("half", "never-seen", "never-returned", "never-review", "protected"),
    "review": ("half", "never-review", "never-returned", "renewal"),
    "seal": ("half", "never-agreed", "never-sealed"),
    "report": ("never-seen", "never-sealed"),
    "decision": ("half", "never-sealed", "board-sealed", "board-waived"),
    "decision_document": ("board-waived",),
}
#: What the ordinary run leaves to the full one.
_ONLY_FULL = {
    "assessment-never-review",
    "assessment-never-returned",
    "result-board-sealed",
    "recommendation-never-review",
    "review-renewal",
    "review-half",
    "report-never-sealed",
    "decision-half",
}
#: A template that is only a file.
_THREE = Path(__file__).parents[1] / "forms" / "three-questions.yaml"
#: What is pressed in Settings, one after the other, to see each form.
_FORMS = {
    "certificates": ("settings.certificates.Olof Ek",),
    "revoke": ("settings.certificates.Ruth Nyberg", "certificates.revoke.0"),
    "replace": ("settings.certificates.Ruth Nyberg", "certificates.replace"),
    "end": ("settings.end.Ruth Nyberg",),
    "key-file": ("settings.key_file",),
    "key-card": ("settings.key_card",),
    "authority": ("settings.timestamp_authority",),
    "publish": ("settings.publish_list",),
}
#: So high that a whole page of Settings can be seen, with the form that a press has opened on it.
_WHOLE_PAGE = 2600
VERDICTS = ("valid", "invalid", "incomplete", "unreadable")


@dataclass(frozen=True)
class Look:
    """How the window looks while a picture is taken."""

    scheme: str
    language: str
    size: QSize
    text_size: int = 100

    def __str__(self) -> str:
        return f"{self.scheme}-{self.language}-{self.size.width()}x{self.size.height()}" + (
            f"-{self.text_size}%" if self.text_size != 100 else ""
        )


ALL_LOOKS = tuple(Look(scheme, language, size) for size in SIZES for language in ("sv", "en") for scheme in ("light", "dark"))


class Tour:
    """The window with a copy of the tour's vault, led from place to place."""

    def __init__(self, *, made_in: Path, cases: dict[str, UUID], folder: Path) -> None:
        shutil.copytree(made_in / VAULT_NAME, folder / VAULT_NAME)
        self._reports, self._cases = made_in, cases
        kept_in = PreferencesFile(folder / "preferences.json")
        kept_in.write(Preferences(language="en", scheme="light"))
        self._application = app.make_application()
        self.desk = app.make_desk(self._application, kept_in=kept_in)
        self.window = MainWindow(self.desk)
        self.window.begin(None)
        self.window.show()
        self.settle()
        self._vault = folder / VAULT_NAME
        self._cards: tuple[AssessmentCard, ...] = ()
        self._people: tuple[PersonCard, ...] = ()

    def enter(self) -> None:
        """Open the vault as its caseworker."""
        self.window.open_vault(self._vault, PASSPHRASE)
        self.settle()
        self.desk.run(assessment_rows, self._take)
        self.desk.run(vaults.people, self._meet)
        self.settle()

    def _take(self, cards: tuple[AssessmentCard, ...]) -> None:
        self._cards = cards

    def _meet(self, people: tuple[PersonCard, ...]) -> None:
        self._people = people

    def places(self, *, full: bool = False) -> Iterator[tuple[str, Place]]:
        """Name every place that there is a room for; rooms about an assessment once for each case that shows something else."""
        partners = {card.id: card.draft.partner for card in self._cards}
        for room in ROOMS:
            if room in _ABOUT_ASSESSMENT:
                for name in _ABOUT_ASSESSMENT[room]:
                    if full or f"{room}-{name}" not in _ONLY_FULL:
                        case = self._cases[name]
                        yield f"{room}-{name}", Place(room, assessment=case, partner=partners[case])
            elif room == "template":
                yield room, Place(room, template="partner-project")
                yield "template-file", Place(room, file=_THREE)
            elif room == "imported":
                yield room, Place(room, assessment=self._cases[room])
            elif room == "keep_report":
                yield room, Place(room, file=self._reports / "new.pdf", given=Given(self._reports / "new.pem"))
                if full:
                    kept = Place(room, file=self._reports / "foreign.pdf", given=Given(self._reports / "foreign.pem"))
                    yield "keep_report-kept", kept
            elif room in _ABOUT_PARTNER:
                yield room, Place(room, partner=partners[self._cases["renewal"]])
                if room in _PROTECTED:
                    yield f"{room}-protected", Place(room, partner=partners[self._cases["protected"]])
            else:
                yield room, Place(room)
        for verdict in VERDICTS if full else VERDICTS[1:2]:
            yield f"verify-{verdict}", Place("verify", file=self._reports / f"{verdict}.pdf")

    def scenes(self) -> Iterator[tuple[str, QWidget]]:
        """Show what stands behind a choice or a setting: several cases, kinds of document, forms in Settings, timestamps, files given for
        verification."""
        yield from self._several()
        for name, kinds in (("never-seen", ("partner",)), ("board-waived", ("board", "partner", "public"))):
            self.go(Place("report", assessment=self._cases[name], question="sv"))
            for kind in kinds:
                self.press(f"report.kind.{kind}")
                yield f"report-{name}-{kind}", self.window
        self.press("report.export")
        yield "public-warning", self._dialog()
        self._close()
        pin = PinDialog(self.desk, "Lindqvist A", parent=self.window)
        pin.open()
        self.settle()
        yield "pin", self._dialog()
        self._close()
        before = self.window.size()
        self.window.resize(before.width(), _WHOLE_PAGE)
        for name, presses in _FORMS.items():
            self.go(Place("settings"))
            for one in presses:
                self.press(one)
            yield f"settings-{name}", self.window
            self.go(Place("home"))
        self.window.resize(before)
        yield from self._timestamped()
        yield from self._judged_by_others()
        yield from self._seen_by_others()

    def _seen_by_others(self) -> Iterator[tuple[str, QWidget]]:
        """Let the reviewer and the board's secretary sit down, each by the own passphrase, where it is their turn; then the caseworker."""
        for name, room, case, who in (
            ("review-reviewer", "review", "never-review", REVIEWER),
            ("seal-reviewer", "seal", "never-agreed", REVIEWER),
            ("home-reviewer", "home", "", REVIEWER),
            ("decision-secretary", "decision", "board-waived", CHAIR),
            ("decision_document-secretary", "decision_document", "board-waived", CHAIR),
        ):
            self.sit_down(who)
            yield name, self.go(Place(room, assessment=self._cases[case] if case else None))
        self.sit_down(REVIEWER)
        self.go(Place("review", assessment=self._cases["never-review"]))
        if self._is_here("review.tie.none"):  # the first look leaves it declared for the others
            self.press("review.tie.none")
        yield "review-points", self.window
        self.sit_down(CASEWORKER)

    def _is_here(self, identifier: str) -> bool:
        return any(one.isVisible() and one.accessibleIdentifier() == identifier for one in self.window.findChildren(QAbstractButton))

    def sit_down(self, name: str) -> None:
        """Let a person of the vault work here from now on."""
        if self.desk.person is not None and self.desk.person.name == name:
            return
        person = next(one for one in self._people if one.name == name)
        self.window._people = self._people
        self.window._unlock(person.id, PASSPHRASE, then=self.window._unlocked, refused=self.desk.report_error)
        self.settle()

    def _several(self) -> Iterator[tuple[str, QWidget]]:
        """Choose all sealed cases, and go as far as one can without writing anything."""
        self.go(Place("assessments"))
        self.press("assessments.several")
        self.press("assessments.tick_shown")
        yield "assessments-choosing", self.window
        self.press("assessments.documents")
        yield "documents-chosen", self.window
        self.press("documents.kind.partner")
        self.press("documents.kind.public")
        yield "documents-kinds", self.window
        self.press("documents.kind.partner")
        self.press("documents.kind.public")
        names = ("2026-001-Vännerna-påhittad-sv.pdf",)
        dialog = NamesTaken(self.desk, names, parent=self.window)
        dialog.open()
        self.settle()
        yield "documents-taken", self._dialog()
        self._close()
        dialog.deleteLater()
        self.go(Place("assessments"))
        self.press("assessments.end")

    def _timestamped(self) -> Iterator[tuple[str, QWidget]]:
        """Use a timestamp authority for a while, so that what was signed waits for its timestamps. Nobody is asked for one."""
        roots = ((self._reports / "clock.pem").read_text(),)
        setting = AuthoritySetting("https://tid.klockverket.example/tsa", roots, "Klockverket (påhittat)")
        self._do(lambda: timestamp_authority.set_authority(actor=self.desk.actor(), setting=setting))
        for name, place in (
            ("settings-timestamps", Place("settings")),
            ("home-timestamps", Place("home")),
            ("seal-timestamps", Place("seal", assessment=self._cases["never-sealed"])),
        ):
            yield name, self.go(place)
        before = self.window.size()
        self.window.resize(before.width(), _WHOLE_PAGE)
        self.go(Place("settings"))
        self.press("settings.authority_list")
        yield "settings-authority-list", self.window
        self.go(Place("home"))
        self.window.resize(before)
        self._do(lambda: timestamp_authority.turn_off_authority(actor=self.desk.actor()))

    def _judged_by_others(self) -> Iterator[tuple[str, QWidget]]:
        """Verify a report by files that were given, in the room and where no vault is open."""
        for name, given in (
            ("timestamped", Given(root=self._reports / "root.pem", clocks=(self._reports / "clock.pem",))),
            ("foreign", Given(root=self._reports / "foreign.pem")),
        ):
            self._verify_room().judge_by(given)
            yield f"verify-{name}", self.go(Place("verify", file=self._reports / f"{name}.pdf"))
        self.press("verify.certificate.0")
        yield "verify-certificate", self.window
        self._verify_room().judge_by(Given())

    def loose(self) -> Iterator[tuple[str, QWidget]]:
        """Verify reports before any vault is opened: nothing yet, without a root certificate, and with all there is to give."""
        self.window.show_verify()
        self.settle()
        yield "loose", self.window
        view = self.window.centralWidget()
        assert isinstance(view, LooseVerifyView)
        view.room.show_place(Place("verify", file=self._reports / "timestamped.pdf"))
        self.settle()
        yield "loose-rootless", self.window
        view.room.judge_by(Given(root=self._reports / "root.pem", clocks=(self._reports / "clock.pem",)))
        self.settle()
        yield "loose-given", self.window

    def _verify_room(self) -> VerifyRoom:
        """Go to the room without a file, so that nothing is verified twice."""
        self.go(Place("verify"))
        room = self.window.house.room if self.window.house is not None else None
        assert isinstance(room, VerifyRoom)
        return room

    def _do(self, act: Callable[[], object]) -> None:
        self.desk.run(act, lambda _: None)
        self.settle()

    def press(self, identifier: str) -> None:
        """Press a button that is shown."""
        found = self.window.findChildren(QAbstractButton)
        pressed = next(one for one in found if one.isVisible() and one.accessibleIdentifier() == identifier)
        pressed.click()
        self.settle()

    def _dialog(self) -> QDialog:
        return next(one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible())

    def _close(self) -> None:
        self._dialog().reject()
        self.settle()

    def dialogs(self) -> Iterator[tuple[str, QWidget]]:
        """Open every dialog and give it; it is closed when the next one is asked for."""
        house = self.window.house
        assert house is not None
        self.go(Place("seal", assessment=self._cases["never-agreed"]))
        seal = next(one for one in self.window.findChildren(QAbstractButton) if one.accessibleIdentifier() == "seal.seal")
        ways: tuple[tuple[str, Callable[[], object]], ...] = (
            ("sealing", seal.click),
            ("palette", house.open_palette),
            ("keys", house.open_keys),
            ("passphrase", self.desk.switch_person),
        )
        for name, way in ways:
            way()
            self.settle()
            yield name, self._dialog()
            self._close()

    def go(self, place: Place) -> QWidget:
        """Show a place and give the window."""
        self.desk.go(place)
        self.settle()
        return self.window

    def wear(self, look: Look) -> None:
        """Change language, scheme, text size and size of the window."""
        chosen = {"language": look.language, "scheme": look.scheme, "text_size": look.text_size}
        self.desk.prefer(msgspec.structs.replace(self.desk.preferences, **chosen))
        self.window.resize(look.size)
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is under way and everything is drawn."""
        until = time.monotonic() + 60
        while time.monotonic() < until:
            QApplication.processEvents()
            if not self.desk.is_busy:
                break
            time.sleep(0.005)
        for _ in range(12):  # a page may be made in turns
            QApplication.processEvents()
        for pages in self.window.findChildren(QPdfView):
            while pages.isVisible() and time.monotonic() < until and _is_blank(pages):
                QApplication.processEvents()  # pages are drawn in a thread of their own
                time.sleep(0.005)

    def picture(self) -> QImage:
        """Take a picture of the window."""
        return self.window.grab().toImage()

    def end(self) -> None:
        """Close everything."""
        self.window.close()
        self.window.deleteLater()
        QApplication.processEvents()


def _is_blank(pages: QPdfView) -> bool:
    """Tell whether no letter of a page can be seen yet: paper and what lies around it are two colours."""
    shot = pages.viewport().grab().toImage().scaled(QSize(160, 120), mode=_SMOOTH)
    return len({shot.pixel(x, y) for x in range(30, 130) for y in range(20, 100)}) < _COLOURS


def contact_sheet(pictures: list[tuple[str, QImage]], file: Path, *, columns: int = 4, width: int = 640) -> None:
    """Put pictures side by side, each under its name."""
    scaled = [(name, picture.scaledToWidth(width, mode=_SMOOTH)) for name, picture in pictures]
    rows = [scaled[at : at + columns] for at in range(0, len(scaled), columns)]
    heights = [max(picture.height() for _, picture in row) + 24 for row in rows]
    sheet = QImage(columns * (width + 8), sum(heights), QImage.Format.Format_RGB32)
    sheet.fill(QColor("#888888"))
    painter = QPainter(sheet)
    top = 0
    for row, height in zip(rows, heights, strict=True):
        for at, (name, picture) in enumerate(row):
            painter.drawText(QPoint(at * (width + 8) + 4, top + 16), name)
            painter.drawImage(QPoint(at * (width + 8), top + 22), picture)
        top += height
    painter.end()
    file.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(str(file))
