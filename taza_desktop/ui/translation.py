"""The program's catalogue for Designer forms, Qt's own one for Qt's dialogs where it has one."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QObject, QTranslator
from PySide6.QtWidgets import QApplication

from taza_desktop.i18n import N_, Language, gettext, language, set_language

_QTS_OWN = QLibraryInfo.LibraryPath.TranslationsPath
# What Qt says of its own in the dialogs and menus that the window uses; here for the catalogue.
QT_TEXTS = (
    N_("OK"), N_("Cancel"), N_("Close"), N_("Save"), N_("Open"), N_("Yes"), N_("No"),
    N_("Show Details..."), N_("Hide Details..."),
    N_("Undo"), N_("Redo"), N_("Cut"), N_("Copy"), N_("Paste"), N_("Delete"), N_("Select All"),
)  # fmt: skip


class GettextTranslator(QTranslator):
    """Answers Qt's questions for translations out of the program's catalogue."""

    def translate(
        self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        """The text in the language in force; None lets Qt ask elsewhere or keep the source."""
        if language() == "en" or not sourceText:
            return None  # pyright: ignore[reportReturnType] -- Qt's null string, as QTranslator asks for
        plain = sourceText.replace("&", "")
        for text in (sourceText, plain):
            found = gettext(text)
            if found != text:
                return found
        return None  # pyright: ignore[reportReturnType] -- as above

    def isEmpty(self) -> bool:
        """Never, or Qt would not ask at all."""
        return False


class Languages(QObject):
    """Switches the language of everything that is on the screen."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._own, self._qts = GettextTranslator(self), QTranslator(self)

    def use(self, wanted: Language) -> None:
        """Put a language in force; Qt then sends LanguageChange to every widget."""
        for translator in (self._own, self._qts):
            self._app.removeTranslator(translator)
        set_language(wanted)
        self._qts.load(f"qtbase_{wanted}", QLibraryInfo.path(_QTS_OWN))
        # The last one is asked first: "Name" in Qt's file dialog is a file's, not a person's.
        for translator in (self._own, self._qts):
            self._app.installTranslator(translator)
