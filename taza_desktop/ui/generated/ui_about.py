# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'about.ui'
##
##
## WARNING! All changes made in this file will be lost when recompiling UI file!
################################################################################

from PySide6.QtCore import (QCoreApplication, QDate, QDateTime, QLocale,
    QMetaObject, QObject, QPoint, QRect,
    QSize, QTime, QUrl, Qt)
from PySide6.QtGui import (QBrush, QColor, QConicalGradient, QCursor,
    QFont, QFontDatabase, QGradient, QIcon,
    QImage, QKeySequence, QLinearGradient, QPainter,
    QPalette, QPixmap, QRadialGradient, QTransform)
from PySide6.QtWidgets import (QAbstractButton, QApplication, QDialog, QDialogButtonBox,
    QLabel, QSizePolicy, QSpacerItem, QVBoxLayout,
    QWidget)

class Ui_AboutDialog(object):
    def setupUi(self, AboutDialog):
        if not AboutDialog.objectName():
            AboutDialog.setObjectName(u"AboutDialog")
        AboutDialog.resize(520, 340)
        self.outer = QVBoxLayout(AboutDialog)
        self.outer.setSpacing(10)
        self.outer.setObjectName(u"outer")
        self.outer.setContentsMargins(28, 24, 28, 20)
        self.mark = QLabel(AboutDialog)
        self.mark.setObjectName(u"mark")

        self.outer.addWidget(self.mark)

        self.name = QLabel(AboutDialog)
        self.name.setObjectName(u"name")
        self.name.setProperty(u"role", u"title")
        self.name.setText(u"\u0422\u0430\u0437\u0430 \u049a\u0430\u0437\u0430\u049b\u0441\u0442\u0430\u043d")

        self.outer.addWidget(self.name)

        self.purpose = QLabel(AboutDialog)
        self.purpose.setObjectName(u"purpose")
        self.purpose.setWordWrap(True)

        self.outer.addWidget(self.purpose)

        self.version = QLabel(AboutDialog)
        self.version.setObjectName(u"version")
        self.version.setProperty(u"role", u"muted")

        self.outer.addWidget(self.version)

        self.sources = QLabel(AboutDialog)
        self.sources.setObjectName(u"sources")
        self.sources.setProperty(u"role", u"small")
        self.sources.setWordWrap(True)

        self.outer.addWidget(self.sources)

        self.space = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.outer.addItem(self.space)

        self.buttons = QDialogButtonBox(AboutDialog)
        self.buttons.setObjectName(u"buttons")
        self.buttons.setStandardButtons(QDialogButtonBox.StandardButton.Close)

        self.outer.addWidget(self.buttons)


        self.retranslateUi(AboutDialog)
        self.buttons.rejected.connect(AboutDialog.reject)

        QMetaObject.connectSlotsByName(AboutDialog)
    # setupUi

    def retranslateUi(self, AboutDialog):
        AboutDialog.setWindowTitle(QCoreApplication.translate("AboutDialog", u"About the program", None))
        self.purpose.setText(QCoreApplication.translate("AboutDialog", u"Entering, merging and reporting for the national plan, without a network.", None))
        self.sources.setText(QCoreApplication.translate("AboutDialog", u"Free software under the EUPL 1.2. Territories: the State classifier of administrative units (KATO). Boundaries on the map: arodionoff/geokz, HDX COD-AB, CC BY 4.0.", None))
    # retranslateUi

