#!/usr/bin/python3
"""test_qgis_themes.py RESULT_FOLDER SOURCE_FOLDER: every theme of the project drawn and compared with its stored picture; the classes of every style
told apart in grey and by colour-blind eyes; every theme a row of layer_styles, the default applied. Stored pictures: pictures.py makes them."""
import glob
import os
import sqlite3
import sys

from qgis_ground import LIMIT, done, expect, failures, ink, measure, opened, theme_picture
from qgis.core import QgsVectorLayer
from qgis.PyQt.QtGui import QImage

import colours

result, source = map(os.path.abspath, sys.argv[1:3])
project = opened(os.path.join(result, 'mujun.qgs'))
stored = os.path.join(source, 'tests', 'cases', 'pictures')

# ---- every theme as it was drawn before
drawn, known = {}, {}
for layer in project.mapLayers().values():
    if layer.id() == 'mujun_candidates_current':
        continue
    name = layer.id()[len('mujun_'):]
    drawn[name] = theme_picture(project, layer)
    path = os.path.join(stored, name + '.png')
    expect(f'{name} has a stored picture of at most 20 kB', os.path.isfile(path) and os.path.getsize(path) <= 20000, True)
    known[name] = QImage(path)
    far = measure(drawn[name], known[name])
    if far > LIMIT:
        failures.append(f'{name} is {far:.1f} from its stored picture, at most {LIMIT} is allowed')
    expect(f'{name} paints something', ink(drawn[name]) > 0.001, True)
expect('no stored picture without a theme', sorted(os.path.basename(p)[:-4] for p in glob.glob(os.path.join(stored, '*.png'))), sorted(drawn))

# ---- the measure tells a wrong style: another theme, and two classes that swapped their colours
wrong = [(measure(drawn[a], known[b]), a, b) for a in drawn for b in known if a != b and a.startswith('parcels_') and b.startswith('parcels_')]
expect(f'the measure tells the themes of parcels apart, closest {min(wrong)}', min(wrong)[0] > LIMIT, True)
status = project.mapLayer('mujun_parcels_status')
renderer = status.renderer().clone()
categories = renderer.categories()  # kept: PyQGIS frees the symbols with the list
first, third = categories[0].symbol().clone(), categories[2].symbol().clone()
renderer.updateCategorySymbol(0, third)
renderer.updateCategorySymbol(2, first)
status.setRenderer(renderer)
swapped = measure(theme_picture(project, status), known['parcels_status'])
expect(f'the measure tells swapped colours: {swapped:.1f}', swapped > 2 * LIMIT, True)

# ---- colours of every style
for path in sorted(glob.glob(os.path.join(source, 'styles', '*.qml'))):
    grey, blind = colours.closest(open(path, encoding='utf-8').read())
    if grey and grey[0] < 10:
        failures.append(f'{os.path.basename(path)}: {grey[1]} and {grey[2]} are {grey[0]:.1f} apart in lightness, at least 10 is wanted')
    if blind and blind[0] < 12:
        failures.append(f'{os.path.basename(path)}: {blind[2]} and {blind[3]} are {blind[0]:.1f} apart with {blind[1]}, at least 12 is wanted')
for label, brush, _ in (c for path in glob.glob(os.path.join(source, 'styles', 'parcels*.qml')) for c in colours.classes(open(path, encoding='utf-8').read())):
    expect(f'{label} is hatched', brush == 'b_diagonal', label in ('数据不足', '未测算'))

# ---- layer_styles
gpkg = os.path.join(result, 'mujun.gpkg')
db = sqlite3.connect(f'file:{gpkg}?mode=ro&immutable=1', uri=True)
rows = db.execute('SELECT f_table_name, styleName, useAsDefault, styleQML FROM layer_styles ORDER BY id').fetchall()
db.close()
expect('one default a layer', sorted(r[0] for r in rows if r[2]), sorted({r[0] for r in rows}))
expect('the styles of parcels', [r[1] for r in rows if r[0] == 'parcels'],
       ['判定', '候选原因', '用地类别', '容积率', '剩余可建', '可建厂房', '制约因素', '亩均税收', '亩均产值', '宗地轮廓'])
for name, title, standard, qml in rows:
    layer = QgsVectorLayer(f'{gpkg}|layername={name}', name, 'ogr')
    expect(f'{name} lists {title}', title in layer.listStylesInDatabase()[2], True)
    beside = os.path.join(result, name + '.qml')
    if standard and os.path.isfile(beside):
        expect(f'{name}.qml is the default of mujun.gpkg', open(beside, encoding='utf-8').read(), qml)
    if standard:
        expect(f'{name} opens with {title}', layer.renderer().type() in qml, True)
done('the themes look as they should')
