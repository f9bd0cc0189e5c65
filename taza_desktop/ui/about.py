"""What program this is."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from taza_desktop import __version__
from taza_desktop.i18n import _
from taza_desktop.ui.generated.ui_about import Ui_AboutDialog
from taza_desktop.ui.icons import pixmap
from taza_desktop.ui.theme import colour


class AboutDialog(QDialog):
    """Name, version, licence and sources."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        ui = Ui_AboutDialog()
        ui.setupUi(self)
        ui.mark.setPixmap(pixmap("app", colour("text"), 48, self.devicePixelRatioF()))
        ui.version.setText(_("Version {version}").format(version=__version__))
