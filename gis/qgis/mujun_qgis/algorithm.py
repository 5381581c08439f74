"""A command of the program as an algorithm."""
import os

from qgis.core import (QgsProcessing, QgsProcessingAlgorithm, QgsProcessingException, QgsProcessingOutputFile, QgsProcessingOutputNumber, QgsProcessingOutputVectorLayer,
                       QgsProcessingParameterBoolean)
from qgis.PyQt.QtGui import QIcon

from . import parameters, results
from .words import word

FILES = (('GPKG', 'gpkg', 'mujun.gpkg'), ('WORKBOOK', 'xlsx', 'summary.xlsx'), ('LEDGER', 'ledger', 'ledger.csv'))


class Algorithm(QgsProcessingAlgorithm):
    def __init__(self, program, name):
        super().__init__()
        self.program, self.command_name = program, name
        self.command, self.problem = program.command(name)
        self.parts = parameters.parts_of(self.command)

    def createInstance(self):
        return type(self)(self.program, self.command_name)

    def name(self):
        return self.command_name

    def displayName(self):
        return word(self.command_name)

    def shortDescription(self):
        return self.command['summary']

    def shortHelpString(self):
        return parameters.help_of(self.command)

    def tags(self):
        return ['mujun', '亩均', '园区', '低效用地', '闲置土地', '容积率', '标准厂房', 'park', 'land', 'idle', 'plot ratio']

    def icon(self):
        return QIcon(os.path.join(os.path.dirname(__file__), 'icon.svg'))

    def canExecute(self):
        return not self.problem, self.problem or ''

    def initAlgorithm(self, configuration=None):
        for part in self.parts:
            self.addParameter(part.parameter())

    def command_line(self, values, context, feedback):
        """The words behind 'mujun': options first, so that an argument that looks like one stays an argument."""
        options, arguments = [], []
        for part in self.parts:
            words = part.words(self, values, context, feedback)
            (arguments if isinstance(part, parameters.Argument) else options).extend(words)
        return [self.command_name] + options + (['--'] + arguments if arguments else [])

    def start(self, line, feedback, folder=None):
        if self.problem:
            raise QgsProcessingException(self.problem)
        if self.program.doubt():
            feedback.pushWarning(self.program.doubt())
        return self.program.run(line, feedback, folder)


class ParkAlgorithm(Algorithm):
    """analyze, check and fit: a folder of results."""

    def initAlgorithm(self, configuration=None):
        super().initAlgorithm(configuration)
        self.addParameter(QgsProcessingParameterBoolean('LOAD', word('LOAD'), defaultValue=True))
        for layer, text in results.LAYERS:
            self.addOutput(QgsProcessingOutputVectorLayer(results.output_key(layer), word(text), QgsProcessing.TypeVectorAnyGeometry))
        for key, text, _ in FILES:
            self.addOutput(QgsProcessingOutputFile(key, word(text)))
        for key in ('SET_ASIDE', 'WARNINGS'):
            self.addOutput(QgsProcessingOutputNumber(key, word(key)))

    def processAlgorithm(self, values, context, feedback):
        folder = self.parameterAsString(values, 'OUTPUT', context)
        done = self.start(self.command_line(values, context, feedback), feedback, folder)
        result = {'SET_ASIDE': done.get('set_aside'), 'WARNINGS': done.get('warnings')}
        if not folder:
            return result
        result['OUTPUT'] = folder
        for layer, source in results.layers_in(folder).items():
            result[results.output_key(layer)] = source
        for key, _, name in FILES:
            if os.path.exists(os.path.join(folder, name)):
                result[key] = os.path.join(folder, name)
        if self.parameterAsBool(values, 'LOAD', context):
            results.load(folder, context, feedback)
        return result

    def command_line(self, values, context, feedback):
        line = super().command_line(values, context, feedback)
        return line[:1] + ['--progress', 'json'] + line[1:]


class ExplainAlgorithm(Algorithm):
    """A dossier: HTML for the results viewer unless its ending says otherwise."""

    def command_line(self, values, context, feedback):
        line = super().command_line(values, context, feedback)
        if '--format' not in line:
            ending = os.path.splitext(self.parameterAsFileOutput(values, 'OUTPUT', context) or '')[1].lower()
            line[1:1] = ['--format', parameters.FORMAT_OF.get(ending, 'html')]
        return line

    def processAlgorithm(self, values, context, feedback):
        self.start(self.command_line(values, context, feedback), feedback)
        path = self.parameterAsFileOutput(values, 'OUTPUT', context)
        return {'OUTPUT': path} if path else {}


CLASSES = (('analyze', ParkAlgorithm), ('check', ParkAlgorithm), ('fit', ParkAlgorithm), ('explain', ExplainAlgorithm))
