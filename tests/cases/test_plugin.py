#!/usr/bin/python3
"""test_plugin.py MUJUN PLUGIN.zip SAMPLE: the Processing plugin in QGIS itself: headless by qgis_process, and by PyQGIS what needs a feedback.

Exit 77 (skipped) where PyQGIS is not installed."""
import configparser
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

mujun, plugin, sample = (os.path.abspath(a) for a in sys.argv[1:4])
work = tempfile.mkdtemp()
os.environ.update(QT_QPA_PLATFORM='offscreen', XDG_RUNTIME_DIR=work, QGIS_CUSTOM_CONFIG_PATH=work, HOME=work, MUJUN=mujun)
os.environ.pop('LC_ALL', None)
os.environ['LANG'] = 'C.UTF-8'
sys.path.append('/usr/share/qgis/python/plugins')
try:
    from qgis.core import (Qgis, QgsApplication, QgsFeature, QgsGeometry, QgsProcessing, QgsProcessingAlgRunnerTask, QgsProcessingContext, QgsProcessingException,
                           QgsProcessingFeatureSourceDefinition, QgsProcessingFeedback, QgsProcessingParameterDefinition, QgsProcessingUtils, QgsProject, QgsSettings, QgsVectorLayer)
except ImportError:
    print('skipped: PyQGIS is not installed')
    sys.exit(77)
if not shutil.which('qgis_process.bin'):
    print('skipped: qgis_process.bin is not installed')
    sys.exit(77)

failures = []
PARK = os.path.join(sample, 'park.yaml')
PARCEL = '350502901002GB00019'
COMMANDS = ('analyze', 'check', 'fit', 'explain')


def expect(what, got, want):
    if got != want:
        failures.append(f'{what}: got {got!r}, want {want!r}')


def holds(what, text, part):
    if part not in text:
        failures.append(f'{what}: {part!r} is not in {text[-1500:]!r}')


def path(name):
    return os.path.join(work, name)


def text_of(name):
    with open(path(name), encoding='utf-8') as f:
        return f.read()


def by_hand(*words):
    return subprocess.run([mujun, *words], cwd=work, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(os.environ, LC_ALL='en_US.UTF-8'))


def contents(folder):
    """{name: hash} of a result; timings are no result."""
    found = {}
    for below, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(below, name), 'rb') as f:
                found[os.path.relpath(os.path.join(below, name), folder)] = hashlib.sha256(f.read()).hexdigest()
    found.pop('timings.json', None)
    return found


def qgis_process(*words, **environment):
    """(exit code, stdout, stderr)"""
    r = subprocess.run(['qgis_process.bin', *words], cwd=work, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(os.environ, **environment), timeout=100)
    return r.returncode, r.stdout.decode(), r.stderr.decode()


def install():
    """As QGIS installs from a zip: unpacked into the profile's plugins, where one folder must come of it."""
    plugins = path('profiles/default/python/plugins')
    os.makedirs(plugins)
    with zipfile.ZipFile(plugin) as z:
        names = z.namelist()
        expect('one folder in the zip', {n.split('/')[0] for n in names}, {'mujun_qgis'})
        expect('sorted, without twins', names, sorted(set(names)))
        expect('one date in the zip', len({i.date_time for i in z.infolist()}), 1)
        z.extractall(plugins)
    files = [os.path.join(plugins, n) for n in reversed(names)]
    subprocess.run([sys.executable, os.path.join(os.path.dirname(os.path.abspath(__file__)), '../../gis/qgis/pack.py'), path('again.zip'), 'mujun_qgis', *files], check=True)
    with open(plugin, 'rb') as one, open(path('again.zip'), 'rb') as other:
        expect('packed again, from files of another time and in another order: the same bytes', one.read() == other.read(), True)
    meta = configparser.ConfigParser()
    meta.read(os.path.join(plugins, 'mujun_qgis/metadata.txt'), encoding='utf-8')
    for key in ('name', 'description', 'about', 'version', 'qgisMinimumVersion', 'author', 'email', 'tracker', 'repository', 'icon', 'hasProcessingProvider', 'description[zh]', 'about[zh]'):
        expect(f'metadata has {key}', bool(meta.get('general', key, fallback='')), True)
    expect('the version is the program\'s', meta.get('general', 'version'), by_hand('--version').stdout.decode().split()[1])
    expect('QGIS 3.22 is enough', meta.get('general', 'qgisMinimumVersion'), '3.22')
    expect('the icon is there', os.path.isfile(os.path.join(plugins, 'mujun_qgis', meta.get('general', 'icon'))), True)
    code, out, err = qgis_process('plugins', 'enable', 'mujun_qgis')
    expect('the plugin can be enabled', (code, 'mujun_qgis' in out), (0, True))
    return plugins


def headless():
    code, out, _ = qgis_process('list')
    expect('qgis_process lists', code, 0)
    expect('all algorithms are listed', sorted(re.findall(r'\tmujun:(\w+)\t', out)), sorted(COMMANDS))
    code, out, _ = qgis_process('list', LANG='zh_CN.UTF-8')
    expect('in Chinese under a Chinese locale', re.findall(r'\tmujun:analyze\t(.*)', out), ['园区分析'])
    for name in COMMANDS[:3]:
        code, out, err = qgis_process('run', f'mujun:{name}', '--', f'PARK={PARK}', f'OUTPUT={path("by_" + name)}')
        expect(f'{name} runs', (code, err.count('ERROR')), (0, 0))
        holds(f'{name} says where the result is', out, f'OUTPUT:\t{path("by_" + name)}')
        by_hand(name, PARK, '-o', path('hand_' + name))
        expect(f'{name} gives what the program gives', contents(path('by_' + name)), contents(path('hand_' + name)))
        expect(f'{name} gives something', len(contents(path('by_' + name))) > 5, True)
    holds('a warning is shown', out + err, 'WARNING')
    code, out, _ = qgis_process('run', 'mujun:explain', '--', f'DIR={path("by_analyze")}', f'PARCEL_ID={PARCEL}', f'OUTPUT={path("by.html")}')
    by_hand('explain', path('by_analyze'), PARCEL, '--format', 'html', '-o', path('hand.html'))
    expect('explain gives what the program gives', (code, text_of('by.html')), (0, text_of('hand.html')))
    # what fails ends with 1 and the program's own line
    code, out, err = qgis_process('run', 'mujun:analyze', '--', f'PARK={PARK}', f'OUTPUT={path("by_analyze")}')
    line = by_hand('analyze', PARK, '-o', path('by_analyze')).stderr.decode().strip().partition('mujun: ')[2]
    expect('a run that fails ends with 1', code, 1)
    holds('and says why', err, 'ERROR:\t' + line)
    code, out, err = qgis_process('run', 'mujun:analyze', '--', f'OUTPUT={path("none")}')
    expect('a wrong command line ends with 1', (code, os.path.exists(path('none'))), (1, False))
    holds('and says why', err, by_hand('analyze', '-o', path('none')).stderr.decode().strip().partition('mujun: ')[2])
    code, out, err = qgis_process('help', 'mujun:analyze', MUJUN=path('nowhere'))
    expect('the plugin loads without the program', (code, 'PLAN_UNITS' in out), (0, True))
    code, out, err = qgis_process('run', 'mujun:check', '--', f'PARK={PARK}', f'OUTPUT={path("none")}', MUJUN=path('nowhere'))
    expect('without the program a run ends with 1', code, 1)
    holds('and says where it was looked for', err, path('nowhere'))


class Feedback(QgsProcessingFeedback):
    """Keeps what it is told; cancels when progress reaches a share."""

    def __init__(self, cancel_at=200):
        super().__init__(False)
        self.shares, self.warnings, self.lines, self.stages, self.cancel_at = [], [], [], [], cancel_at
        self.progressChanged.connect(self.reached)

    def reached(self, share):
        self.shares.append(share)
        if share >= self.cancel_at:
            self.cancel()

    def pushWarning(self, text):
        self.warnings.append(text)

    def pushInfo(self, text):
        self.lines.append(text)

    def pushCommandInfo(self, text):
        self.command = text

    def pushConsoleInfo(self, text):
        self.lines.append(text)

    def setProgressText(self, text):
        self.stages.append(text)


def run(name, values, feedback=None, project=None):
    """(results, the message of the exception or None)"""
    algorithm = QgsApplication.processingRegistry().createAlgorithmById('mujun:' + name)
    context, feedback = QgsProcessingContext(), feedback or Feedback()
    context.setProject(project)
    try:
        results, ok = algorithm.run(values, context, feedback, {}, False)
        return results, None, context
    except QgsProcessingException as e:
        return None, str(e), context


def usage(name, lang='en'):
    return json.loads(by_hand(name, '--json-usage', '--lang', lang).stdout)


def parameters_agree():
    """Every option of the program has its parameter, of a type that takes its values."""
    kinds = {'flag': {'boolean'}, 'choice': {'enum'}, 'choices': {'enum'}, 'integer': {'number'}, 'date': {'datetime'},
             'list': {'source', 'multilayer', 'string'}, 'text': {'string', 'file', 'crs', 'source', 'folderDestination', 'fileDestination'}}
    own = {'analyze': {'LOAD', 'PARK'}, 'check': {'LOAD', 'PARK'}, 'fit': {'LOAD', 'PARK', 'PARCEL'}, 'explain': {'DIR', 'PARCEL_ID'}}
    for name in COMMANDS:
        algorithm = QgsApplication.processingRegistry().createAlgorithmById('mujun:' + name)
        given = {p.name(): p for p in algorithm.parameterDefinitions()}
        wanted = {o['name'].replace('-', '_').upper(): o for o in usage(name)['options'] if o['name'] not in ('progress', 'quiet', 'json-usage', 'help')}
        expect(f'{name}: parameters are options', set(given) - own[name], set(wanted))
        expect(f'{name}: arguments are parameters', own[name] - set(given), set())
        for key, o in wanted.items():
            if key not in given:
                continue
            p = given[key]
            expect(f'{name} {key} has a fitting type', p.type() in kinds[o['type']], True)
            holds(f'{name} {key} is explained', p.help(), o['description'])
            if o['type'] in ('choice', 'choices'):
                expect(f'{name} {key} has the choices', p.options(), o['labels'])
            if o['type'] == 'integer':
                expect(f'{name} {key} has the bounds', (p.minimum(), p.maximum()), (o['minimum'], o['maximum']))
            if o['value'] == 'FILE[:LAYER]':
                expect(f'{name} {key} takes a layer', p.type() in ('source', 'multilayer'), True)
        advanced = {k for k, p in given.items() if p.flags() & QgsProcessingParameterDefinition.FlagAdvanced}
        expect(f'{name}: some parameters are advanced, not the first', (bool(advanced), bool(advanced & {'PARK', 'PARCELS', 'AS_OF', 'OUTPUT', 'DIR', 'ENTERPRISE'})), (True, False))


def chinese(provider):
    class Speaker:  # QGIS takes its language once, when it starts
        locale = staticmethod(lambda: 'zh_CN')
    mujun_qgis.words.QgsApplication = Speaker
    provider.refreshAlgorithms()
    algorithm = QgsApplication.processingRegistry().createAlgorithmById('mujun:analyze')
    given = {p.name(): p for p in algorithm.parameterDefinitions()}
    described = {o['name']: o for o in usage('analyze', 'zh')['options']}
    holds('Chinese help', given['PARCELS'].help(), described['parcels']['description'])
    expect('Chinese words of choices', given['FIT'].options(), ['只对候选地块', '全部可能的工业用地', '不测算'])
    expect('Chinese name', algorithm.displayName(), '园区分析')
    holds('Chinese description', algorithm.shortHelpString(), usage('analyze', 'zh')['summary'])
    for name in COMMANDS:
        algorithm = QgsApplication.processingRegistry().createAlgorithmById('mujun:' + name)
        for p in algorithm.parameterDefinitions():
            expect(f'{name} {p.name()} has a Chinese label', any('一' <= c <= '鿿' for c in p.description()), True)
    results, error, _ = run('check', {'PARK': path('nothing.yaml'), 'OUTPUT': path('none')})
    holds('errors are Chinese', str(error), '项目文件')
    mujun_qgis.words.QgsApplication = QgsApplication
    provider.refreshAlgorithms()


def events():
    feedback = Feedback()
    results, error, _ = run('check', {'PARK': PARK, 'OUTPUT': path('events')}, feedback)
    expect('check runs', error, None)
    expect('progress rises to 100', (feedback.shares == sorted(feedback.shares), feedback.shares[-1], len(set(feedback.shares)) > 5), (True, 100, True))
    told = [json.loads(l) for l in by_hand('check', PARK, '--progress=json').stderr.decode().splitlines()]
    wanted = [(e['message'], e['code'], e['count']) for e in told if e['event'] == 'warning']
    expect('there are warnings to tell', len(wanted) > 3, True)
    expect('warnings arrive', feedback.warnings, ['{} ({}: {})'.format(*w) for w in wanted])
    stages = [e['label'] for e in told if e['event'] == 'progress']
    expect('stages arrive', [s for s in stages if s not in feedback.stages], [])
    holds('what the program prints arrives', '\n'.join(feedback.lines), by_hand('check', PARK).stdout.decode().splitlines()[0])
    expect('counts are results', results['WARNINGS'], told[-1]['warnings'])


def cancelled():
    """Early, and while files are written: nothing is left of the run, and an older result stays as it was."""
    for share in (5, 76):
        feedback = Feedback(share)
        results, error, _ = run('analyze', {'PARK': PARK, 'OUTPUT': path('gone')}, feedback)
        expect(f'cancelled at {share} %', (results, error), (None, 'cancelled; nothing was written'))
        expect(f'cancelled at {share} %: not run to the end', max(feedback.shares, default=100) < 100, True)
        expect(f'cancelled at {share} %: no folder is left', os.path.exists(path('gone')), False)
    before = contents(path('by_analyze'))
    results, error, _ = run('analyze', {'PARK': PARK, 'OUTPUT': path('by_analyze'), 'OVERWRITE': True, 'ONLY': [1, 2]}, Feedback(70))
    expect('a replacement is cancelled', error, 'cancelled; nothing was written')
    expect('the older result is whole', contents(path('by_analyze')), before)
    expect('nothing is left between', [n for n in os.listdir(path('by_analyze')) if n.startswith('.')], [])


def layers_in_hand():
    """Layers as QGIS has them: of a file, in memory, some of their features."""
    source = os.path.join(sample, 'parcels.gpkg')
    results, error, _ = run('check', {'PARCELS': source, 'ENTERPRISES': [os.path.join(sample, 'enterprises_2024.csv')], 'YEAR': 2024, 'OUTPUT': path('file')})
    expect('files are taken', error, None)
    by_hand('check', '--parcels', source, '--enterprises', os.path.join(sample, 'enterprises_2024.csv'), '--year', '2024', '-o', path('file_hand'))
    tables = [{k: v for k, v in contents(path(f)).items() if k.startswith(('tables', 'ledger'))} for f in ('file', 'file_hand')]
    expect('and read as by hand', tables[0], tables[1])
    layer = QgsVectorLayer(source, 'parcels', 'ogr')
    layer.selectByIds(list(layer.allFeatureIds())[:7])
    shutil.copy(QgsProcessingUtils.convertToCompatibleFormat(layer, True, 'seven', ['gpkg'], 'gpkg', QgsProcessingContext(), Feedback()), path('seven.gpkg'))
    QgsProject.instance().addMapLayer(layer)
    feedback = Feedback()
    results, error, _ = run('analyze', {'PARCELS': QgsProcessingFeatureSourceDefinition(layer.id(), True), 'AS_OF': '2026-03-31', 'ONLY': [1], 'FIT': 2, 'OUTPUT': path('seven')}, feedback, QgsProject.instance())
    expect('selected features are taken', error, None)
    rows = {o['file']: o.get('rows') for o in json.loads(text_of('seven/manifest.json'))['outputs']}
    expect('and no others', rows['tables/parcels.csv'], 7)
    for part in ('--as-of 2026-03-31', '--only csv', '--fit none'):
        holds('the command line', feedback.command, part)
    drawn = QgsVectorLayer('Polygon?crs=EPSG:4549&field=plot_ratio_cap:double', 'drawn', 'memory')
    f = QgsFeature(drawn.fields())
    f.setGeometry(QgsGeometry.fromWkt('POLYGON((353500 2756800,353700 2756800,353700 2756950,353500 2756950,353500 2756800))'))
    f['plot_ratio_cap'] = 2.0
    drawn.dataProvider().addFeatures([f])
    QgsProject.instance().addMapLayer(drawn)
    results, error, _ = run('fit', {'ON': drawn.id(), 'OUTPUT': path('drawn')}, None, QgsProject.instance())
    expect('a drawn layer is fitted', error, None)
    expect('with modules on it', QgsVectorLayer(results['RESULT_FIT'] if results else '', 'f', 'ogr').featureCount() > 1, True)
    QgsProject.instance().removeAllMapLayers()


def loaded():
    """As the toolbox does it when a run is over: a group of layers with the styles of the result."""
    from processing.core.ProcessingConfig import ProcessingConfig
    from processing.gui.Postprocessing import handleAlgorithmResults
    project = QgsProject.instance()
    results, error, context = run('analyze', {'PARK': PARK, 'OUTPUT': path('by_analyze'), 'OVERWRITE': True}, None, project)
    expect('analyze runs', error, None)
    algorithm = QgsApplication.processingRegistry().createAlgorithmById('mujun:analyze')
    expect('layers are loaded', handleAlgorithmResults(algorithm, context, Feedback(), True, results), True)
    groups = project.layerTreeRoot().findGroups()
    expect('one group', [g.name() for g in groups], ['mujun 亩均: 示例高新区 (by_analyze)'])
    order = [n.name() for n in groups[0].findLayers()] if groups else []
    expect('in order', order, ['checks of shapes: points', 'checks of shapes', 'standard factories', 'candidates', 'parcels', 'zones'])
    expect('and nowhere else', len(project.layerTreeRoot().findLayers()), len(order))
    by_name = {l.name(): l for l in project.mapLayers().values()}
    for name, kind in (('parcels', 'categorizedSymbol'), ('standard factories', 'RuleRenderer'), ('checks of shapes', 'categorizedSymbol')):
        if name in by_name:
            expect(f'{name} has its style', by_name[name].renderer().type(), kind)
            expect(f'{name} has rows', by_name[name].featureCount() > 0, True)
    if 'parcels' in by_name:
        expect('with aliases', by_name['parcels'].attributeDisplayName(by_name['parcels'].fields().indexOf('zone')), '片区')
    results, error, context = run('analyze', {'PARCELS': path('seven.gpkg'), 'AS_OF': '2026-03-31', 'FIT': 2, 'OUTPUT': path('by_analyze'), 'OVERWRITE': True}, None, project)
    handleAlgorithmResults(algorithm, context, Feedback(), True, results or {})
    expect('a layer that is there already shows the new result', (error, [l.featureCount() for l in project.mapLayers().values() if l.source().endswith('layername=parcels')][-1:]), (None, [7]))
    project.removeAllMapLayers()
    project.layerTreeRoot().removeAllChildren()
    results, error, context = run('analyze', {'PARK': PARK, 'OUTPUT': path('by_analyze'), 'OVERWRITE': True, 'LOAD': False, 'FIT': 2, 'ONLY': [0]}, None, project)
    expect('or not loaded', (error, context.layersToLoadOnCompletion()), (None, {}))
    expect('without a GeoPackage GeoJSON is named', results['RESULT_PARCELS'], path('by_analyze/parcels.geojson'))


def dossiers():
    for ending, start in (('html', '<!DOCTYPE html>'), ('md', '# '), ('txt', '')):
        results, error, _ = run('explain', {'DIR': path('hand_analyze'), 'PARCEL_ID': PARCEL, 'OUTPUT': path('d.' + ending)})
        expect(f'a dossier as {ending}', (error, text_of('d.' + ending).startswith(start)), (None, True))
    results, error, _ = run('explain', {'DIR': path('hand_analyze'), 'PARCEL_ID': PARCEL, 'OUTPUT': QgsProcessing.TEMPORARY_OUTPUT})
    expect('a temporary dossier is HTML', (error, results['OUTPUT'].endswith('.html')), (None, True))
    algorithm = QgsApplication.processingRegistry().createAlgorithmById('mujun:explain')
    outputs = algorithm.outputDefinitions()
    expect('the results viewer shows it', [(o.name(), o.type()) for o in outputs], [('OUTPUT', 'outputHtml')])
    results, error, _ = run('explain', {'DIR': path('hand_analyze'), 'PARCEL_ID': '--nothing', 'OUTPUT': path('e.html')})
    holds('a parcel that is none is told', str(error), '--nothing')


def programs(provider):
    """Programs that are not there, not mujun, of another version, or that end otherwise."""
    def stand_in(name, text):
        with open(path(name), 'w') as f:
            f.write('#!/bin/sh\n' + text)
        os.chmod(path(name), 0o755)
        return path(name)

    def problem(setting, environment=mujun, search=os.environ['PATH']):
        QgsSettings().setValue('Processing/Configuration/MUJUN_PROGRAM', setting)
        os.environ.update(MUJUN=environment, PATH=search)
        provider.refreshAlgorithms()
        algorithm = QgsApplication.processingRegistry().algorithmById('mujun:analyze')
        return algorithm.canExecute()[1]

    search = os.environ['PATH']
    expect('the environment names it', problem('', mujun), '')
    expect('PATH has it', problem('', '', os.path.dirname(mujun) + ':' + search), '')
    holds('nobody has it', problem('', '', '/usr/bin'), 'Processing')
    expect('the setting wins', problem(mujun, path('nowhere'), search), '')
    holds('a setting that is wrong is not passed over', problem(path('nowhere'), mujun), path('nowhere'))
    holds('another program', problem('/bin/true'), 'json-usage')
    expect('all algorithms are there nevertheless', len(provider.algorithms()), len(COMMANDS))
    old = stand_in('old', f'if [ "$1" = --json-usage ]; then {mujun} "$@" | sed \'s/"version":"[^"]*"/"version":"0.0.9"/\'; else exec {mujun} "$@"; fi')
    expect('another version runs', problem(old), '')
    feedback = Feedback()
    results, error, _ = run('check', {'PARK': PARK, 'OUTPUT': path('old_out')}, feedback)
    holds('and is told', feedback.warnings[0], '0.0.9')
    poor = stand_in('poor', f'{mujun} "$@" | sed \'s/{{"name":"analyze"/{{"name":"analyse"/\'')
    holds('a command that it has not', problem(poor), '"analyze"')
    for code, said, wanted in ((1, '{"event":"error","message":"it is so"}', 'it is so'), (2, '{"event":"error","message":"wrong line"}', 'wrong line'), (3, 'mujun: plain words', 'plain words'),
                               (4, '', 'mujun ended with code 4')):
        problem(stand_in('ends', f'if [ "$1" = --json-usage ]; then exec {mujun} "$@"; fi\necho \'{said}\' | grep . >&2\nexit {code}'))
        expect(f'exit code {code} is an exception', run('check', {'PARK': PARK, 'OUTPUT': path('none')})[1], wanted)
    problem(stand_in('dies', f'if [ "$1" = --json-usage ]; then exec {mujun} "$@"; fi\nkill -9 $$'))
    expect('a program that is killed', run('check', {'PARK': PARK, 'OUTPUT': path('none')})[1], 'mujun was ended by signal 9')
    problem('', mujun, search)


plugins = install()
headless()
app = QgsApplication([], False)
app.initQgis()
sys.path.insert(0, plugins)
from processing.core.ProcessingConfig import ProcessingConfig  # noqa: E402
ProcessingConfig.initialize()
import mujun_qgis.words  # noqa: E402
made = mujun_qgis.classFactory(None)
made.initProcessing()
provider = QgsApplication.processingRegistry().providerById('mujun')
expect('the setting is among Processing\'s options', [s.name for s in ProcessingConfig.getSettings().get(provider.name(), [])], ['MUJUN_PROGRAM'])
for part in (parameters_agree, lambda: chinese(provider), events, layers_in_hand, dossiers, cancelled, loaded, lambda: programs(provider)):
    part()
made.unload()
expect('gone after unload', (QgsApplication.processingRegistry().providerById('mujun'), 'MUJUN_PROGRAM' in ProcessingConfig.settings), (None, False))
shutil.rmtree(work, ignore_errors=True)
for f in failures:
    print(f)
print('the plugin works in QGIS ' + Qgis.QGIS_VERSION if not failures else f'{len(failures)} failed')
sys.stdout.flush()
os._exit(bool(failures))  # PyQGIS may crash while the interpreter takes layers apart
