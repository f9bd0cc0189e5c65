# -*- coding: utf-8 -*-

################################################################################
## Form generated from reading UI file 'first_start.ui'
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
from PySide6.QtWidgets import (QApplication, QDialog, QHBoxLayout, QLabel,
    QLineEdit, QListWidget, QListWidgetItem, QProgressBar,
    QPushButton, QSizePolicy, QSpacerItem, QStackedWidget,
    QVBoxLayout, QWidget)

from taza_desktop.ui.messages import MessageBar

class Ui_FirstStart(object):
    def setupUi(self, FirstStart):
        if not FirstStart.objectName():
            FirstStart.setObjectName(u"FirstStart")
        FirstStart.resize(720, 600)
        FirstStart.setMinimumSize(QSize(640, 560))
        self.outer = QVBoxLayout(FirstStart)
        self.outer.setSpacing(20)
        self.outer.setObjectName(u"outer")
        self.outer.setContentsMargins(40, 32, 40, 28)
        self.brandLayout = QHBoxLayout()
        self.brandLayout.setSpacing(12)
        self.brandLayout.setObjectName(u"brandLayout")
        self.brandMark = QLabel(FirstStart)
        self.brandMark.setObjectName(u"brandMark")

        self.brandLayout.addWidget(self.brandMark)

        self.brand = QLabel(FirstStart)
        self.brand.setObjectName(u"brand")
        self.brand.setProperty(u"role", u"heading")
        self.brand.setText(u"\u0422\u0430\u0437\u0430 \u049a\u0430\u0437\u0430\u049b\u0441\u0442\u0430\u043d")

        self.brandLayout.addWidget(self.brand)

        self.brandSpacer = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.brandLayout.addItem(self.brandSpacer)

        self.step = QLabel(FirstStart)
        self.step.setObjectName(u"step")
        self.step.setProperty(u"role", u"small")

        self.brandLayout.addWidget(self.step)


        self.outer.addLayout(self.brandLayout)

        self.steps = QStackedWidget(FirstStart)
        self.steps.setObjectName(u"steps")
        self.languageStep = QWidget()
        self.languageStep.setObjectName(u"languageStep")
        self.languageLayout = QVBoxLayout(self.languageStep)
        self.languageLayout.setSpacing(12)
        self.languageLayout.setObjectName(u"languageLayout")
        self.languageLayout.setContentsMargins(0, 0, 0, 0)
        self.languageTitle = QLabel(self.languageStep)
        self.languageTitle.setObjectName(u"languageTitle")
        self.languageTitle.setProperty(u"role", u"title")
        self.languageTitle.setText(u"\u0422\u0456\u043b\u0434\u0456 \u0442\u0430\u04a3\u0434\u0430\u04a3\u044b\u0437")

        self.languageLayout.addWidget(self.languageTitle)

        self.languageHint = QLabel(self.languageStep)
        self.languageHint.setObjectName(u"languageHint")
        self.languageHint.setProperty(u"role", u"muted")
        self.languageHint.setText(u"\u0412\u044b\u0431\u0435\u0440\u0438\u0442\u0435 \u044f\u0437\u044b\u043a \u00b7 Choose the language")

        self.languageLayout.addWidget(self.languageHint)

        self.kk = QPushButton(self.languageStep)
        self.kk.setObjectName(u"kk")
        self.kk.setText(u"\u049a\u0430\u0437\u0430\u049b\u0448\u0430")
        self.kk.setProperty(u"role", u"choice")

        self.languageLayout.addWidget(self.kk)

        self.ru = QPushButton(self.languageStep)
        self.ru.setObjectName(u"ru")
        self.ru.setText(u"\u0420\u0443\u0441\u0441\u043a\u0438\u0439")
        self.ru.setProperty(u"role", u"choice")

        self.languageLayout.addWidget(self.ru)

        self.en = QPushButton(self.languageStep)
        self.en.setObjectName(u"en")
        self.en.setText(u"English")
        self.en.setProperty(u"role", u"choice")

        self.languageLayout.addWidget(self.en)

        self.languageSpacer = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.languageLayout.addItem(self.languageSpacer)

        self.steps.addWidget(self.languageStep)
        self.roleStep = QWidget()
        self.roleStep.setObjectName(u"roleStep")
        self.roleLayout = QVBoxLayout(self.roleStep)
        self.roleLayout.setSpacing(12)
        self.roleLayout.setObjectName(u"roleLayout")
        self.roleLayout.setContentsMargins(0, 0, 0, 0)
        self.roleTitle = QLabel(self.roleStep)
        self.roleTitle.setObjectName(u"roleTitle")
        self.roleTitle.setProperty(u"role", u"title")

        self.roleLayout.addWidget(self.roleTitle)

        self.clerk = QPushButton(self.roleStep)
        self.clerk.setObjectName(u"clerk")
        self.clerk.setProperty(u"role", u"choice")

        self.roleLayout.addWidget(self.clerk)

        self.region = QPushButton(self.roleStep)
        self.region.setObjectName(u"region")
        self.region.setProperty(u"role", u"choice")

        self.roleLayout.addWidget(self.region)

        self.ministry = QPushButton(self.roleStep)
        self.ministry.setObjectName(u"ministry")
        self.ministry.setProperty(u"role", u"choice")

        self.roleLayout.addWidget(self.ministry)

        self.roleSpacer = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.roleLayout.addItem(self.roleSpacer)

        self.insteadLayout = QHBoxLayout()
        self.insteadLayout.setObjectName(u"insteadLayout")
        self.example = QPushButton(self.roleStep)
        self.example.setObjectName(u"example")
        self.example.setProperty(u"role", u"link")

        self.insteadLayout.addWidget(self.example)

        self.openExisting = QPushButton(self.roleStep)
        self.openExisting.setObjectName(u"openExisting")
        self.openExisting.setProperty(u"role", u"link")

        self.insteadLayout.addWidget(self.openExisting)

        self.insteadSpacer = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.insteadLayout.addItem(self.insteadSpacer)


        self.roleLayout.addLayout(self.insteadLayout)

        self.steps.addWidget(self.roleStep)
        self.officeStep = QWidget()
        self.officeStep.setObjectName(u"officeStep")
        self.officeLayout = QVBoxLayout(self.officeStep)
        self.officeLayout.setSpacing(6)
        self.officeLayout.setObjectName(u"officeLayout")
        self.officeLayout.setContentsMargins(0, 0, 0, 0)
        self.officeTitle = QLabel(self.officeStep)
        self.officeTitle.setObjectName(u"officeTitle")
        self.officeTitle.setProperty(u"role", u"title")

        self.officeLayout.addWidget(self.officeTitle)

        self.territoryLabel = QLabel(self.officeStep)
        self.territoryLabel.setObjectName(u"territoryLabel")
        self.territoryLabel.setProperty(u"role", u"caption")

        self.officeLayout.addWidget(self.territoryLabel)

        self.territory = QLineEdit(self.officeStep)
        self.territory.setObjectName(u"territory")
        self.territory.setProperty(u"role", u"cell")
        self.territory.setClearButtonEnabled(True)

        self.officeLayout.addWidget(self.territory)

        self.found = QListWidget(self.officeStep)
        self.found.setObjectName(u"found")

        self.officeLayout.addWidget(self.found)

        self.personLabel = QLabel(self.officeStep)
        self.personLabel.setObjectName(u"personLabel")
        self.personLabel.setProperty(u"role", u"caption")

        self.officeLayout.addWidget(self.personLabel)

        self.person = QLineEdit(self.officeStep)
        self.person.setObjectName(u"person")
        self.person.setProperty(u"role", u"cell")
        self.person.setMaxLength(120)

        self.officeLayout.addWidget(self.person)

        self.fileLabel = QLabel(self.officeStep)
        self.fileLabel.setObjectName(u"fileLabel")
        self.fileLabel.setProperty(u"role", u"caption")

        self.officeLayout.addWidget(self.fileLabel)

        self.fileLayout = QHBoxLayout()
        self.fileLayout.setObjectName(u"fileLayout")
        self.file = QLineEdit(self.officeStep)
        self.file.setObjectName(u"file")

        self.fileLayout.addWidget(self.file)

        self.browse = QPushButton(self.officeStep)
        self.browse.setObjectName(u"browse")
        self.browse.setAutoDefault(False)

        self.fileLayout.addWidget(self.browse)


        self.officeLayout.addLayout(self.fileLayout)

        self.officeLayout.setStretch(3, 1)
        self.steps.addWidget(self.officeStep)
        self.workStep = QWidget()
        self.workStep.setObjectName(u"workStep")
        self.workLayout = QVBoxLayout(self.workStep)
        self.workLayout.setSpacing(12)
        self.workLayout.setObjectName(u"workLayout")
        self.workAbove = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.workLayout.addItem(self.workAbove)

        self.workTitle = QLabel(self.workStep)
        self.workTitle.setObjectName(u"workTitle")
        self.workTitle.setProperty(u"role", u"title")

        self.workLayout.addWidget(self.workTitle)

        self.workHint = QLabel(self.workStep)
        self.workHint.setObjectName(u"workHint")
        self.workHint.setWordWrap(True)
        self.workHint.setProperty(u"role", u"muted")

        self.workLayout.addWidget(self.workHint)

        self.work = QProgressBar(self.workStep)
        self.work.setObjectName(u"work")
        self.work.setTextVisible(False)

        self.workLayout.addWidget(self.work)

        self.workNow = QLabel(self.workStep)
        self.workNow.setObjectName(u"workNow")
        self.workNow.setProperty(u"role", u"small")

        self.workLayout.addWidget(self.workNow)

        self.workBelow = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.workLayout.addItem(self.workBelow)

        self.steps.addWidget(self.workStep)

        self.outer.addWidget(self.steps)

        self.messages = MessageBar(FirstStart)
        self.messages.setObjectName(u"messages")

        self.outer.addWidget(self.messages)

        self.buttons = QHBoxLayout()
        self.buttons.setObjectName(u"buttons")
        self.back = QPushButton(FirstStart)
        self.back.setObjectName(u"back")
        self.back.setAutoDefault(False)

        self.buttons.addWidget(self.back)

        self.buttonSpacer = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

        self.buttons.addItem(self.buttonSpacer)

        self.start = QPushButton(FirstStart)
        self.start.setObjectName(u"start")
        self.start.setProperty(u"role", u"primary")

        self.buttons.addWidget(self.start)


        self.outer.addLayout(self.buttons)

        self.outer.setStretch(1, 1)
#if QT_CONFIG(shortcut)
        self.territoryLabel.setBuddy(self.territory)
        self.personLabel.setBuddy(self.person)
        self.fileLabel.setBuddy(self.file)
#endif // QT_CONFIG(shortcut)

        self.retranslateUi(FirstStart)

        self.start.setDefault(True)


        QMetaObject.connectSlotsByName(FirstStart)
    # setupUi

    def retranslateUi(self, FirstStart):
        self.roleTitle.setText(QCoreApplication.translate("FirstStart", u"Where do you work?", None))
        self.clerk.setText(QCoreApplication.translate("FirstStart", u"Akimat of a district or city", None))
        self.region.setText(QCoreApplication.translate("FirstStart", u"Akimat of a region", None))
        self.ministry.setText(QCoreApplication.translate("FirstStart", u"Ministry", None))
        self.example.setText(QCoreApplication.translate("FirstStart", u"Show me with an example", None))
        self.openExisting.setText(QCoreApplication.translate("FirstStart", u"Open a register that is already there\u2026", None))
        self.territoryLabel.setText(QCoreApplication.translate("FirstStart", u"Territory: type a few letters of its name", None))
#if QT_CONFIG(accessibility)
        self.found.setAccessibleName(QCoreApplication.translate("FirstStart", u"Territories found", None))
#endif // QT_CONFIG(accessibility)
        self.personLabel.setText(QCoreApplication.translate("FirstStart", u"Your name, as it should stand under what you send", None))
        self.fileLabel.setText(QCoreApplication.translate("FirstStart", u"Where the register lies on this computer", None))
        self.browse.setText(QCoreApplication.translate("FirstStart", u"Choose\u2026", None))
        self.workTitle.setText(QCoreApplication.translate("FirstStart", u"The example is being made", None))
        self.workHint.setText(QCoreApplication.translate("FirstStart", u"Registers, signed packages and reports out of the published figures of 2024, in a folder of their own. Your own register stays untouched.", None))
#if QT_CONFIG(accessibility)
        self.work.setAccessibleName(QCoreApplication.translate("FirstStart", u"Progress", None))
#endif // QT_CONFIG(accessibility)
        self.back.setText(QCoreApplication.translate("FirstStart", u"Back", None))
        self.start.setText(QCoreApplication.translate("FirstStart", u"Start", None))
        pass
    # retranslateUi

