#!/usr/bin/python3
"""test_qgis_project.py MUJUN SOURCE_FOLDER RESULT_FOLDER: mujun.qgs opens as it should, also elsewhere, in English, from degrees and with hostile names."""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

from qgis_ground import done, expect, opened
from qgis.core import QgsLayerTree, QgsLayoutItemLabel, QgsVectorLayer

mujun, source, result = map(os.path.abspath, sys.argv[1:4])


def tree(node, depth=0):
    out = []
    for child in node.children():
        radio = QgsLayerTree.isGroup(child) and child.isMutuallyExclusive()
        out.append('  ' * depth + child.name() + (' ()' if radio else '') + (' *' if child.itemVisibilityChecked() else ''))
        if QgsLayerTree.isGroup(child):
            out += tree(child, depth + 1)
    return out


def sound(path, what):
    """A project without bad layers, whose layers have the rows, aliases and words of the GeoPackage beside it."""
    project = opened(path)
    gpkg = os.path.join(os.path.dirname(path), 'mujun.gpkg')
    expect(f'{what}: layers that do not open', [l.id() for l in project.mapLayers().values() if not l.isValid()], [])
    for layer in project.mapLayers().values():
        name = layer.source().split('layername=')[1]
        beside = QgsVectorLayer(f'{gpkg}|layername={name}', name, 'ogr')
        expect(f'{what}: {layer.id()} reads the file beside the project', os.path.realpath(layer.source().split('|')[0]), os.path.realpath(gpkg))
        expect(f'{what}: rows of {layer.id()}', layer.featureCount(), beside.featureCount())
        expect(f'{what}: aliases of {layer.id()}', [layer.attributeDisplayName(i) for i in range(1, layer.fields().count())],
               [beside.attributeDisplayName(i) for i in range(1, beside.fields().count())])
        for i in range(layer.fields().count()):
            ours, theirs = layer.editorWidgetSetup(i), beside.editorWidgetSetup(i)
            expect(f'{what}: words of {layer.id()}.{layer.fields()[i].name()}', (ours.type(), ours.config()), (theirs.type(), theirs.config()))
        expect(f'{what}: {layer.id()} is drawn by a style', layer.renderer().type() == 'singleSymbol' and name in ('enterprises', 'checks', 'fit'), False)
    for preset in project.mapThemeCollection().mapThemes():
        expect(f'{what}: map theme {preset} has layers', len(project.mapThemeCollection().mapThemeVisibleLayers(preset)) > 1, True)
    return project


# ---- the sample
path = os.path.join(result, 'mujun.qgs')
project = sound(path, 'sample')
expect('reference system', project.crs().authid(), 'EPSG:4549')
expect('title', project.title(), '示例高新区')
expect('groups and order', tree(project.layerTreeRoot()), [
    '边界与建筑 *', '  片区 *', '  建筑物 *', '数据质量', '  检查（点） *', '  检查（面） *', '企业与项目（点选其一） ()', '  企业 · 亩均税收 *', '  项目', '  厂房利用',
    '规划与可建', '  本宗地（一地一图） *', '  标准厂房可建方案 *', '  再开发候选 *', '宗地专题（点选其一） () *', '  判定 · 状态 *', '  判定 · 候选原因', '  效益 · 亩均税收',
    '  效益 · 亩均产值', '  规划 · 容积率', '  规划 · 剩余可建', '  可建 · 标准厂房净增', '  可建 · 制约因素', '  现状 · 用地类别', '  宗地轮廓'])
parcels = project.mapLayer('mujun_parcels_status')
view = project.viewSettings().defaultViewExtent()
expect('opens on the park', view.contains(parcels.extent()) and view.width() < 1.2 * parcels.extent().width(), True)
expect('an alias', parcels.attributeDisplayName(parcels.fields().indexOf('plot_ratio_cap')), '容积率上限')
expect('a word', parcels.editorWidgetSetup(parcels.fields().indexOf('status')).config()['map'][0], {'疑似闲置': 'idle'})
text = open(path, encoding='utf-8').read()
expect('no path but the one beside it', set(re.findall(r'(?:<datasource>|[sS]ource=")([^"<|]*)', text)), {'./mujun.gpkg'})
expect('no day but the reference date', set(re.findall(r'20\d\d-\d\d-\d\d', text)) <= {'2026-03-31'}, True)
qml = open(os.path.join(result, 'zones.qml'), encoding='utf-8').read()
expect('the style in the project is that of the .qml', re.search(r'<qgis [^>]*>(.*)</qgis>', qml, re.S).group(1) in text, True)
expect('it stands in the manifest', [o['file'] for o in json.load(open(os.path.join(result, 'manifest.json'), encoding='utf-8'))['outputs'] if o['file'] == 'mujun.qgs'], ['mujun.qgs'])

# ---- elsewhere, under a Chinese name
work = tempfile.mkdtemp()
moved = os.path.join(work, '移到别处')
os.mkdir(moved)
for name in ('mujun.qgs', 'mujun.gpkg'):
    shutil.copy(os.path.join(result, name), moved)
sound(os.path.join(moved, 'mujun.qgs'), 'moved')

# ---- the same bytes again; English
park = os.path.join(source, 'samples', 'park', 'park.yaml')
for out, lang in (('one', 'en'), ('two', 'en')):
    subprocess.run([mujun, 'analyze', park, '-o', os.path.join(work, out), '--quiet', '--only', 'gpkg', '--lang', lang], check=True)
for name in ('mujun.qgs', 'mujun.gpkg'):
    one, two = (open(os.path.join(work, out, name), 'rb').read() for out in ('one', 'two'))
    expect(f'{name} has the same bytes twice', one == two, True)
english = sound(os.path.join(work, 'one', 'mujun.qgs'), 'English')
said = tree(english.layerTreeRoot()) + english.mapThemeCollection().mapThemes() + [l.name() for l in english.layoutManager().printLayouts()]
said += [i.label() for l in english.mapLayers().values() for i in l.renderer().legendSymbolItems()]
expect('English has no Chinese', [t for t in said if re.search('[\u4e00-\u9fff]', t)], [])

# ---- a hostile park in degrees
NAME = '<园&区>"\'[% 1+1 %]\x0b|name=x ]]>'
square = lambda x, y: [[[x, y], [x + 0.001, y], [x + 0.001, y + 0.001], [x, y + 0.001], [x, y]]]
features = [{'type': 'Feature', 'geometry': {'type': 'Polygon', 'coordinates': square(118.55 + 0.002 * i, 24.9)},
             'properties': {'parcel_id': f'P{i}<b>[% 6*7 %]"', 'land_use': '100101', '<script>"&': '=cmd()', 'a\'"b': '[% 1 %]'}} for i in range(4)]
zone = [{'type': 'Feature', 'geometry': {'type': 'Polygon', 'coordinates': [[[118.54, 24.89], [118.57, 24.89], [118.57, 24.91], [118.54, 24.91], [118.54, 24.89]]]},
         'properties': {'zone': '<z>&"[% 3*3 %]'}}]
for name, rows in (('parcels', features), ('zones', zone)):
    json.dump({'type': 'FeatureCollection', 'features': rows}, open(os.path.join(work, name + '.geojson'), 'w', encoding='utf-8'))
with open(os.path.join(work, 'park.yaml'), 'w', encoding='utf-8') as f:
    f.write(f'park: {json.dumps(NAME)}\nas_of: 2026-03-31\nyear: 2025\nparcels: parcels.geojson\nzones: zones.geojson\n')
run = subprocess.run([mujun, 'analyze', os.path.join(work, 'park.yaml'), '-o', os.path.join(work, 'hostile'), '--quiet', '--only', 'gpkg'], capture_output=True, text=True)
expect(f'a hostile park runs: {run.stderr[-300:]}', run.returncode, 0)
if not run.returncode:
    hostile = sound(os.path.join(work, 'hostile', 'mujun.qgs'), 'hostile')
    expect('drawn in metres', hostile.crs().isGeographic(), False)
    expect('layers stay in degrees', hostile.mapLayer('mujun_parcels_base').crs().authid(), 'EPSG:4326')
    sheet = next(l for l in hostile.layoutManager().printLayouts() if l.name().startswith('A3'))
    labels = [i.currentText() for i in sheet.items() if isinstance(i, QgsLayoutItemLabel)]
    clean = NAME.replace('\x0b', '')
    expect(f'the name of the park stands in a title as it is: {labels[:2]}', any(t.replace('\ufffd', '').startswith(clean) for t in labels), True)
    expect('a missing count stays blank', [t for t in labels if '922,3' in t or '-9,2' in t], [])
    expect('a zone is not evaluated', any('<z>&"[% 3*3 %]' in t for t in labels), True)
shutil.rmtree(work, ignore_errors=True)
done('mujun.qgs opens as it should')
