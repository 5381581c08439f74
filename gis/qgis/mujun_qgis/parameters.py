"""Parameters of QGIS made from what --json-usage says of a command, and their values made into a command line."""
import html
import re

from qgis.core import (QgsProcessing, QgsProcessingException, QgsProcessingParameterBoolean, QgsProcessingParameterCrs, QgsProcessingParameterDateTime,
                       QgsProcessingParameterDefinition, QgsProcessingParameterEnum, QgsProcessingParameterFeatureSource, QgsProcessingParameterFile,
                       QgsProcessingParameterFileDestination, QgsProcessingParameterFolderDestination, QgsProcessingParameterMultipleLayers,
                       QgsProcessingParameterNumber, QgsProcessingParameterString, QgsProcessingUtils)

from .words import WORDS, word

# options that are the plugin's own business
NOT_ASKED = {'progress', 'quiet', 'json-usage', 'help'}
# shapes of one layer each; whatever else takes FILE[:LAYER] is a list of tables or layers
SHAPES = {'parcels': QgsProcessing.TypeVectorPolygon, 'zones': QgsProcessing.TypeVectorPolygon, 'buildings': QgsProcessing.TypeVectorPolygon,
          'plan-units': QgsProcessing.TypeVectorPolygon, 'control-lines': QgsProcessing.TypeVectorPolygon, 'on': QgsProcessing.TypeVectorPolygon,
          'roads': QgsProcessing.TypeVectorAnyGeometry, 'water': QgsProcessing.TypeVectorAnyGeometry, 'easements': QgsProcessing.TypeVectorAnyGeometry}
ADVANCED = {'control-lines', 'roads', 'water', 'easements', 'occupancies', 'factory-units', 'projects', 'contracts', 'only', 'all-reasons', 'crs',
            'encoding', 'corrections', 'sql', 'decimals', 'strict', 'threads', 'no-sync', 'profile', 'lang', 'by-zone'}
# what the program opens by itself; a layer of another kind is exported to a GeoPackage
READ = ['gpkg', 'geojson', 'json', 'shp', 'fgb', 'gml', 'kml', 'tab', 'dxf', 'gdb', 'sqlite', 'csv', 'xlsx', 'xls', 'ods']
DOSSIERS = 'HTML (*.html);;Markdown (*.md);;TXT (*.txt)'
FORMAT_OF = {'.md': 'md', '.txt': 'text'}


def arguments_of(command):
    """'[PARK.YAML] [PARCEL...]' -> [('PARK.YAML', False), ('PARCEL...', False)]; True where it must be given."""
    return [(a.strip('[]'), not a.startswith('[')) for a in command['arguments'].split()]


def key(name):
    """The name of a parameter: --plan-units is PLAN_UNITS, PARCEL... is PARCEL, PARK.YAML is PARK."""
    name = name[:-5] if name.endswith('.YAML') else name
    return re.sub(r'\W+', '_', name).strip('_').upper()


def label(text, cut=True):
    """The part of a sentence that fits beside a field: up to the first ; or : that is not in brackets."""
    depth = 0
    for i, c in enumerate(text if cut else ''):
        depth += (c in '(（') - (c in ')）')
        if depth == 0 and (c in '；：' or text[i:i + 2] in ('; ', ': ') or text[i:].startswith((', such as', '，如 '))):
            text = text[:i]
            break
    return text[:1].upper() + text[1:]


def asked(command):
    return [o for o in command['options'] if o['name'] not in NOT_ASKED]


class Argument:
    """One word of the command line that is no option."""

    def __init__(self, name, needed):
        self.name, self.needed, self.key = name, needed, key(name)

    def parameter(self):
        text = label(word(self.name) if self.name in WORDS else self.name)
        if self.name == 'PARK.YAML':
            p = QgsProcessingParameterFile(self.key, text, fileFilter='YAML (*.yaml *.yml)', optional=True)
        elif self.name == 'DIR':
            p = QgsProcessingParameterFile(self.key, text, behavior=QgsProcessingParameterFile.Folder, optional=not self.needed)
        else:
            p = QgsProcessingParameterString(self.key, text, optional=not self.needed)
        if self.name + ' help' in WORDS:
            p.setHelp(word(self.name + ' help'))
        return p

    def words(self, algorithm, values, context, feedback):
        text = algorithm.parameterAsString(values, self.key, context).strip()
        if not text:
            return []
        return [w for w in re.split(r'[\s,，]+', text) if w] if self.name.endswith('...') else [text]


class Option:
    """One option of the command."""

    def __init__(self, command, option):
        self.command, self.option = command, option
        self.name, self.key, self.kind, self.value = option['name'], key(option['name']), option['type'], option['value'] or ''

    def is_destination(self):
        return self.name == 'output'

    def parameter(self):
        own = '--' + self.name
        p = self.made(label(word(own) if own in WORDS else self.option['description'], own not in WORDS))
        notes = [self.option['description']]
        if self.option['default']:
            notes.append(word('default', value=self.option['default']))
        if self.name == 'format':
            notes.append(word('by ending'))
        p.setHelp('\n'.join(notes + [word('option', name='--' + self.name)]))
        if self.name in ADVANCED:
            p.setFlags(p.flags() | QgsProcessingParameterDefinition.FlagAdvanced)
        return p

    def made(self, text):
        if self.is_destination():
            if self.value == 'DIR':
                return QgsProcessingParameterFolderDestination(self.key, text, optional=self.command['name'] != 'analyze')
            return QgsProcessingParameterFileDestination(self.key, word('dossier'), DOSSIERS, optional=True)
        if self.kind == 'flag':
            return QgsProcessingParameterBoolean(self.key, text, defaultValue=False)
        if self.kind in ('choice', 'choices'):
            labels = self.option.get('labels') or self.option['choices']
            return QgsProcessingParameterEnum(self.key, text, labels, allowMultiple=self.kind == 'choices', optional=True)
        if self.kind == 'integer':
            return QgsProcessingParameterNumber(self.key, text, QgsProcessingParameterNumber.Integer, None, True, self.option['minimum'], self.option['maximum'])
        if self.kind == 'date':
            return QgsProcessingParameterDateTime(self.key, text, QgsProcessingParameterDateTime.Date, None, True)
        if self.value == 'FILE[:LAYER]':
            if self.name in SHAPES:
                return QgsProcessingParameterFeatureSource(self.key, text, [SHAPES[self.name]], optional=True)
            return QgsProcessingParameterMultipleLayers(self.key, text, QgsProcessing.TypeVector, optional=True)
        if self.value == 'CRS':
            return QgsProcessingParameterCrs(self.key, text, optional=True)
        if self.value.startswith('FILE'):
            if self.option['repeatable']:
                return QgsProcessingParameterMultipleLayers(self.key, text, QgsProcessing.TypeFile, optional=True)
            return QgsProcessingParameterFile(self.key, text, optional=True)
        return QgsProcessingParameterString(self.key, text, optional=True)

    def words(self, algorithm, values, context, feedback):
        """What stands on the command line for the values, or nothing."""
        return [w for v in self.values_of(algorithm, values, context, feedback) for w in (['--' + self.name] if v is True else ['--' + self.name, v])]

    def values_of(self, a, values, context, feedback):
        if values.get(self.key) is None and not self.is_destination():
            return []
        if self.is_destination():
            text = a.parameterAsFileOutput(values, self.key, context) if self.value != 'DIR' else a.parameterAsString(values, self.key, context)
            return [text] if text else []
        if self.kind == 'flag':
            return [True] if a.parameterAsBool(values, self.key, context) else []
        if self.kind == 'choice':
            return [self.option['choices'][a.parameterAsEnum(values, self.key, context)]]
        if self.kind == 'choices':
            chosen = a.parameterAsEnums(values, self.key, context)
            return [','.join(self.option['choices'][i] for i in chosen)] if chosen else []
        if self.kind == 'integer':
            return [str(a.parameterAsInt(values, self.key, context))]
        if self.kind == 'date':
            date = a.parameterAsDateTime(values, self.key, context).date()
            return [date.toString('yyyy-MM-dd')] if date.isValid() else []
        if self.value == 'FILE[:LAYER]':
            return self.layers(a, values, context, feedback)
        if self.value == 'CRS':
            crs = a.parameterAsCrs(values, self.key, context)
            return [crs.authid() or crs.toWkt()] if crs.isValid() else []
        if self.value.startswith('FILE') and self.option['repeatable']:
            return a.parameterAsFileList(values, self.key, context)
        text = a.parameterAsString(values, self.key, context).strip()
        return [text] if text else []

    def layers(self, a, values, context, feedback):
        """FILE or FILE:LAYER of every layer; what the program cannot open is exported first."""
        if self.name in SHAPES:
            layer = a.parameterAsVectorLayer(values, self.key, context)
            pairs = [(layer, a.parameterAsCompatibleSourceLayerPathAndLayerName(values, self.key, context, READ, 'gpkg', feedback))]
        else:
            pairs = [(layer, QgsProcessingUtils.convertToCompatibleFormatAndLayerName(layer, False, self.name, READ, 'gpkg', context, feedback))
                     for layer in a.parameterAsLayerList(values, self.key, context)]
        sources = []
        for layer, (path, name) in pairs:
            if not path:
                raise QgsProcessingException(word('no file', name=self.key))
            if layer is not None and layer.isModified():
                feedback.pushWarning(word('unsaved', name=layer.name()))
            sources.append(f'{path}:{name}' if name else path)
        if not sources:
            raise QgsProcessingException(word('no file', name=self.key))
        return sources


def parts_of(command):
    """All that is asked of a command, in the order of the dialog: arguments, options, where it goes to."""
    options = [Option(command, o) for o in asked(command)]
    first = [Argument(*a) for a in arguments_of(command)]
    return first + [o for o in options if not o.is_destination()] + [o for o in options if o.is_destination()]


def help_of(command):
    """The help panel: what the program says of the command."""
    paragraph = '<p>{}</p>'.format
    text = paragraph(html.escape(command['summary'])) + paragraph(html.escape(command['description'] or ''))
    text += paragraph(html.escape(word('examples')))
    return text + ''.join(paragraph(f"{html.escape(e['description'])}<br/><code>{html.escape(e['command'])}</code>") for e in command['examples'])
