"""When packages go and come, and what photos do on a line that costs by its size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QLayout, QWidget

from taza_desktop.i18n import N_, _, gettext
from taza_desktop.settings import PHOTOS_WAIT, PhotosWait
from taza_desktop.ui.widgets import column, describe, label

if TYPE_CHECKING:
    from taza_desktop.settings import Settings

_PHOTOS: dict[PhotosWait, str] = {
    "metered": N_("photos wait while the line costs by size"),
    "always": N_("only figures go by themselves, photos when I send them"),
    "never": N_("photos go too, on every line"),
}


class Choices(QWidget):
    """Two boxes; what is chosen is kept by `keep`."""

    def __init__(self, settings: Settings, *, tells_cost: bool) -> None:
        """`tells_cost`: whether this PC knows if its line costs by size."""
        super().__init__()
        self._settings = settings
        self._how, self._photos = QComboBox(), QComboBox()
        choices = {
            self._how: (_("Sending and fetching"), (_("by itself"), _("only when I press"))),
            self._photos: (_("Photos"), tuple(gettext(_PHOTOS[one]) for one in PHOTOS_WAIT)),
        }
        lines: list[QLayout] = []
        for box, (title, texts) in choices.items():
            box.addItems(texts)
            describe(box, title)
            lines.append(column(label(title, "field"), box, gap=1))
        self._how.setCurrentIndex(settings.exchange_by_hand)
        self._photos.setCurrentIndex(PHOTOS_WAIT.index(settings.photos_wait))
        hint = label(
            _("This PC does not tell what its line costs. If it costs by size, let photos wait."),
            "small", wrap=True,
        )  # fmt: skip
        hint.setVisible(not tells_cost)
        self.setLayout(column(*lines, hint, gap=3))

    def keep(self) -> None:
        """Write down what is chosen."""
        settings = self._settings
        settings.exchange_by_hand = bool(self._how.currentIndex())
        settings.photos_wait = PHOTOS_WAIT[self._photos.currentIndex()]
        settings.save()
