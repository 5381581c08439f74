"""The provider "mujun 亩均" in the toolbox, and its setting in Processing's options."""
import os

from qgis.core import Qgis, QgsMessageLog, QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from .algorithm import CLASSES
from .program import SETTING, Program
from .words import word

ICON = os.path.join(os.path.dirname(__file__), 'icon.svg')


class Provider(QgsProcessingProvider):
    def __init__(self):
        super().__init__()
        self.program = None

    def id(self):
        return 'mujun'

    def name(self):
        return word('provider')

    def longName(self):
        return word('provider long')

    def icon(self):
        return QIcon(ICON)

    def svgIconPath(self):
        return ICON

    def versionInfo(self):
        return (self.program and self.program.version) or ''

    def load(self):
        self.add_setting()
        self.refreshAlgorithms()
        return True

    def unload(self):
        try:
            from processing.core.ProcessingConfig import ProcessingConfig, settingsWatcher
            ProcessingConfig.removeSetting(SETTING)
            settingsWatcher.settingsChanged.disconnect(self.refreshAlgorithms)
        except (ImportError, KeyError, TypeError):
            pass

    def add_setting(self):
        """Where Processing's own plugin is not loaded, the setting is still read, only not shown."""
        try:
            from processing.core.ProcessingConfig import ProcessingConfig, Setting, settingsWatcher
        except ImportError:
            return
        ProcessingConfig.settingIcons[self.name()] = self.icon()
        ProcessingConfig.addSetting(Setting(self.name(), SETTING, word('program setting'), '', valuetype=Setting.FILE))
        ProcessingConfig.readSettings()
        settingsWatcher.settingsChanged.connect(self.refreshAlgorithms)

    def loadAlgorithms(self):
        self.program = Program()
        why = self.program.problem or self.program.doubt()
        if why:
            QgsMessageLog.logMessage(why, 'mujun', Qgis.Warning)
        for name, made in CLASSES:
            self.addAlgorithm(made(self.program, name))
