# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'window.ui'
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
from PySide6.QtWidgets import (QApplication, QComboBox, QFrame, QHBoxLayout,
    QLabel, QMainWindow, QProgressBar, QPushButton,
    QSizePolicy, QSpacerItem, QStackedWidget, QToolButton,
    QVBoxLayout, QWidget)

from taza_desktop.ui.exchange_pill import PillButton
from taza_desktop.ui.messages import MessageBar
from taza_desktop.ui.widgets import ElidedLabel

class Ui_Window(object):
    def setupUi(self, Window):
        if not Window.objectName():
            Window.setObjectName(u"Window")
        Window.resize(1280, 700)
        self.central = QWidget(Window)
        self.central.setObjectName(u"central")
        self.centralLayout = QHBoxLayout(self.central)
        self.centralLayout.setSpacing(0)
        self.centralLayout.setObjectName(u"centralLayout")
        self.centralLayout.setContentsMargins(0, 0, 0, 0)
        self.rail = QFrame(self.central)
        self.rail.setObjectName(u"rail")
        sizePolicy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        sizePolicy.setHorizontalStretch(0)
        sizePolicy.setVerticalStretch(0)
        sizePolicy.setHeightForWidth(self.rail.sizePolicy().hasHeightForWidth())
        self.rail.setSizePolicy(sizePolicy)
        self.railLayout = QVBoxLayout(self.rail)
        self.railLayout.setSpacing(4)
        self.railLayout.setObjectName(u"railLayout")
        self.railLayout.setContentsMargins(12, 16, 12, 12)
        self.brandLayout = QHBoxLayout()
        self.brandLayout.setSpacing(10)
        self.brandLayout.setObjectName(u"brandLayout")
        self.brandLayout.setContentsMargins(6, -1, -1, 14)
        self.brandMark = QLabel(self.rail)
        self.brandMark.setObjectName(u"brandMark")

        self.brandLayout.addWidget(self.brandMark)

        self.brand = QLabel(self.rail)
        self.brand.setObjectName(u"brand")
        self.brand.setProperty(u"role", u"strong")
        self.brand.setText(u"\u0422\u0430\u0437\u0430 \u049a\u0430\u0437\u0430\u049b\u0441\u0442\u0430\u043d")

        self.brandLayout.addWidget(self.brand)

        self.brandSpacer = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.brandLayout.addItem(self.brandSpacer)


        self.railLayout.addLayout(self.brandLayout)

        self.railPages = QVBoxLayout()
        self.railPages.setSpacing(4)
        self.railPages.setObjectName(u"railPages")

        self.railLayout.addLayout(self.railPages)

        self.railSpacer = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.railLayout.addItem(self.railSpacer)

        self.registerMenu = QPushButton(self.rail)
        self.registerMenu.setObjectName(u"registerMenu")
        self.registerMenu.setProperty(u"role", u"rail")

        self.railLayout.addWidget(self.registerMenu)


        self.centralLayout.addWidget(self.rail)

        self.rightLayout = QVBoxLayout()
        self.rightLayout.setSpacing(0)
        self.rightLayout.setObjectName(u"rightLayout")
        self.header = QFrame(self.central)
        self.header.setObjectName(u"header")
        self.headerLayout = QHBoxLayout(self.header)
        self.headerLayout.setSpacing(12)
        self.headerLayout.setObjectName(u"headerLayout")
        self.headerLayout.setContentsMargins(24, 10, 16, 10)
        self.officeLayout = QVBoxLayout()
        self.officeLayout.setSpacing(0)
        self.officeLayout.setObjectName(u"officeLayout")
        self.office = ElidedLabel(self.header)
        self.office.setObjectName(u"office")
        self.office.setProperty(u"role", u"strong")

        self.officeLayout.addWidget(self.office)

        self.person = ElidedLabel(self.header)
        self.person.setObjectName(u"person")
        self.person.setProperty(u"role", u"small")

        self.officeLayout.addWidget(self.person)


        self.headerLayout.addLayout(self.officeLayout)

        self.progressLayout = QVBoxLayout()
        self.progressLayout.setSpacing(4)
        self.progressLayout.setObjectName(u"progressLayout")
        self.progressText = ElidedLabel(self.header)
        self.progressText.setObjectName(u"progressText")
        self.progressText.setProperty(u"role", u"small")

        self.progressLayout.addWidget(self.progressText)

        self.progress = QProgressBar(self.header)
        self.progress.setObjectName(u"progress")
        self.progress.setMinimumSize(QSize(110, 0))
        self.progress.setMaximumSize(QSize(170, 16777215))
        self.progress.setTextVisible(False)
        self.progress.setValue(0)

        self.progressLayout.addWidget(self.progress)


        self.headerLayout.addLayout(self.progressLayout)

        self.round = QComboBox(self.header)
        self.round.setObjectName(u"round")
        self.round.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

        self.headerLayout.addWidget(self.round)

        self.saved = QLabel(self.header)
        self.saved.setObjectName(u"saved")
        self.saved.setProperty(u"role", u"small")
        self.saved.setAlignment(Qt.AlignmentFlag.AlignRight|Qt.AlignmentFlag.AlignVCenter)

        self.headerLayout.addWidget(self.saved)

        self.line = PillButton(self.header)
        self.line.setObjectName(u"line")
        self.line.setProperty(u"role", u"pill_idle")

        self.headerLayout.addWidget(self.line)

        self.lock = QPushButton(self.header)
        self.lock.setObjectName(u"lock")
        self.lock.setProperty(u"role", u"quiet")
        self.lock.setVisible(False)

        self.headerLayout.addWidget(self.lock)

        self.languages = QHBoxLayout()
        self.languages.setSpacing(4)
        self.languages.setObjectName(u"languages")
        self.kk = QPushButton(self.header)
        self.kk.setObjectName(u"kk")
        self.kk.setText(u"\u049a\u0410\u0417")
#if QT_CONFIG(tooltip)
        self.kk.setToolTip(u"\u049a\u0430\u0437\u0430\u049b\u0448\u0430")
#endif // QT_CONFIG(tooltip)
#if QT_CONFIG(accessibility)
        self.kk.setAccessibleName(u"\u049a\u0430\u0437\u0430\u049b\u0448\u0430")
#endif // QT_CONFIG(accessibility)
        self.kk.setCheckable(True)
        self.kk.setAutoExclusive(True)
        self.kk.setProperty(u"role", u"segment")

        self.languages.addWidget(self.kk)

        self.ru = QPushButton(self.header)
        self.ru.setObjectName(u"ru")
        self.ru.setText(u"\u0420\u0423\u0421")
#if QT_CONFIG(tooltip)
        self.ru.setToolTip(u"\u0420\u0443\u0441\u0441\u043a\u0438\u0439")
#endif // QT_CONFIG(tooltip)
#if QT_CONFIG(accessibility)
        self.ru.setAccessibleName(u"\u0420\u0443\u0441\u0441\u043a\u0438\u0439")
#endif // QT_CONFIG(accessibility)
        self.ru.setCheckable(True)
        self.ru.setAutoExclusive(True)
        self.ru.setProperty(u"role", u"segment")

        self.languages.addWidget(self.ru)

        self.en = QPushButton(self.header)
        self.en.setObjectName(u"en")
        self.en.setText(u"ENG")
#if QT_CONFIG(tooltip)
        self.en.setToolTip(u"English")
#endif // QT_CONFIG(tooltip)
#if QT_CONFIG(accessibility)
        self.en.setAccessibleName(u"English")
#endif // QT_CONFIG(accessibility)
        self.en.setCheckable(True)
        self.en.setAutoExclusive(True)
        self.en.setProperty(u"role", u"segment")

        self.languages.addWidget(self.en)


        self.headerLayout.addLayout(self.languages)

        self.look = QToolButton(self.header)
        self.look.setObjectName(u"look")
        self.look.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.look.setIconSize(QSize(20, 20))

        self.headerLayout.addWidget(self.look)

        self.headerLayout.setStretch(0, 1)

        self.rightLayout.addWidget(self.header)

        self.messageLayout = QVBoxLayout()
        self.messageLayout.setObjectName(u"messageLayout")
        self.messageLayout.setContentsMargins(24, 0, 24, -1)
        self.messages = MessageBar(self.central)
        self.messages.setObjectName(u"messages")

        self.messageLayout.addWidget(self.messages)


        self.rightLayout.addLayout(self.messageLayout)

        self.pages = QStackedWidget(self.central)
        self.pages.setObjectName(u"pages")

        self.rightLayout.addWidget(self.pages)

        self.rightLayout.setStretch(2, 1)

        self.centralLayout.addLayout(self.rightLayout)

        Window.setCentralWidget(self.central)

        self.retranslateUi(Window)

        QMetaObject.connectSlotsByName(Window)
    # setupUi

    def retranslateUi(self, Window):
        self.registerMenu.setText(QCoreApplication.translate("Window", u"Register", None))
#if QT_CONFIG(accessibility)
        self.progress.setAccessibleName(QCoreApplication.translate("Window", u"Progress of the round", None))
#endif // QT_CONFIG(accessibility)
#if QT_CONFIG(tooltip)
        self.round.setToolTip(QCoreApplication.translate("Window", u"Reporting round", None))
#endif // QT_CONFIG(tooltip)
#if QT_CONFIG(accessibility)
        self.round.setAccessibleName(QCoreApplication.translate("Window", u"Reporting round", None))
#endif // QT_CONFIG(accessibility)
#if QT_CONFIG(tooltip)
        self.look.setToolTip(QCoreApplication.translate("Window", u"Theme and text size", None))
#endif // QT_CONFIG(tooltip)
#if QT_CONFIG(accessibility)
        self.look.setAccessibleName(QCoreApplication.translate("Window", u"Theme and text size", None))
#endif // QT_CONFIG(accessibility)
        pass
    # retranslateUi

