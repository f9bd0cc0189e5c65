# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'remark.ui'
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
    QLabel, QPlainTextEdit, QSizePolicy, QVBoxLayout,
    QWidget)

class Ui_RemarkDialog(object):
    def setupUi(self, RemarkDialog):
        if not RemarkDialog.objectName():
            RemarkDialog.setObjectName(u"RemarkDialog")
        RemarkDialog.resize(520, 300)
        self.outer = QVBoxLayout(RemarkDialog)
        self.outer.setSpacing(10)
        self.outer.setObjectName(u"outer")
        self.outer.setContentsMargins(24, 20, 24, 20)
        self.about = QLabel(RemarkDialog)
        self.about.setObjectName(u"about")
        self.about.setProperty(u"role", u"heading")
        self.about.setWordWrap(True)

        self.outer.addWidget(self.about)

        self.why = QLabel(RemarkDialog)
        self.why.setObjectName(u"why")
        self.why.setProperty(u"role", u"muted")
        self.why.setWordWrap(True)

        self.outer.addWidget(self.why)

        self.text = QPlainTextEdit(RemarkDialog)
        self.text.setObjectName(u"text")
        self.text.setTabChangesFocus(True)

        self.outer.addWidget(self.text)

        self.buttons = QDialogButtonBox(RemarkDialog)
        self.buttons.setObjectName(u"buttons")
        self.buttons.setStandardButtons(QDialogButtonBox.StandardButton.Cancel|QDialogButtonBox.StandardButton.Ok)

        self.outer.addWidget(self.buttons)


        self.retranslateUi(RemarkDialog)
        self.buttons.accepted.connect(RemarkDialog.accept)
        self.buttons.rejected.connect(RemarkDialog.reject)

        QMetaObject.connectSlotsByName(RemarkDialog)
    # setupUi

    def retranslateUi(self, RemarkDialog):
        pass
    # retranslateUi

