"""Qt's own words and numbers in the language of the window."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator
from PySide6.QtWidgets import QApplication

from desktop.shell.desk import Desk

_LOCALES = {"sv": "sv_SE", "en": "en_GB", "nb": "nb_NO", "fr": "fr_FR"}

#: Qt comes without a Norwegian catalogue; these are the words of its own that Gedigen shows: dialogs, and the menu of a text field.
_NORWEGIAN = {
    "OK": "OK",
    "Save": "Lagre",
    "&Save": "&Lagre",
    "Open": "Åpne",
    "&Open": "&Åpne",
    "Cancel": "Avbryt",
    "&Cancel": "&Avbryt",
    "Close": "Lukk",
    "&Close": "&Lukk",
    "Discard": "Forkast",
    "&Yes": "&Ja",
    "&No": "&Nei",
    "&Undo": "&Angre",
    "&Redo": "&Gjør om igjen",
    "Cu&t": "Klipp &ut",
    "&Copy": "&Kopier",
    "&Paste": "&Lim inn",
    "Delete": "Slett",
    "&Delete": "&Slett",
    "Select All": "Merk alt",
    "Copy &Link Location": "Kopier &lenken",
    "Look in:": "Se i:",
    "File &name:": "Fil&navn:",
    "Files of type:": "Filtype:",
    "&Choose": "&Velg",
    "Directory:": "Mappe:",
    "Name": "Navn",
    "Size": "Størrelse",
    "Date Modified": "Endret",
    "Type": "Type",
    "Back": "Tilbake",
    "Forward": "Fram",
    "Parent Directory": "Overordnet mappe",
    "Create New Folder": "Lag ny mappe",
    "List View": "Liste",
    "Detail View": "Detaljer",
    "All Files (*)": "Alle filer (*)",
    "%1 already exists.\nDo you want to replace it?": "%1 finnes allerede.\nVil du erstatte den?",
}


class _Norwegian(QTranslator):
    def translate(self, _context: str, text: str, _disambiguation: str | None = None, _n: int = -1) -> str | None:
        return _NORWEGIAN.get(text)

    def isEmpty(self) -> bool:
        return False


class Speech(QObject):
    """Lets Qt's own words and numbers follow the language of the window."""

    def __init__(self, application: QApplication, desk: Desk) -> None:
        super().__init__(application)
        self._application, self._desk = application, desk
        self._catalogue, self._norwegian = QTranslator(self), _Norwegian(self)

    def follow(self) -> None:
        """Speak the desk's language from now on."""
        code = self._desk.language.code
        locale = QLocale(_LOCALES[code])
        QLocale.setDefault(locale)
        self._application.removeTranslator(self._catalogue)
        self._application.removeTranslator(self._norwegian)
        if code == "nb":
            self._application.installTranslator(self._norwegian)
        elif code != "en" and self._catalogue.load(locale, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            self._application.installTranslator(self._catalogue)
