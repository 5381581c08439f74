#!/usr/bin/python3
"""test_qgis_layouts.py RESULT_FOLDER, or MUJUN PARK_FOLDER for a run in English: the print layouts of mujun.qgs: nothing overlaps or runs over, expressions are worked out, atlases iterate, and
what is exported is not blank."""
import json
import os
import shutil
import subprocess
import sys
import tempfile

from qgis_ground import done, expect, failures, ink, opened
from qgis.core import QgsLayoutExporter, QgsLayoutItem, QgsLayoutItemLabel, QgsLayoutItemLegend, QgsLayoutItemMap, QgsLayoutItemScaleBar, QgsLegendRenderer
from qgis.PyQt.QtCore import QRectF
from qgis.PyQt.QtGui import QFontInfo, QImage

zh = len(sys.argv) == 2
work = tempfile.mkdtemp()
result = os.path.abspath(sys.argv[1]) if zh else os.path.join(work, 'english')
if not zh:
    subprocess.run([sys.argv[1], 'analyze', os.path.join(sys.argv[2], 'park.yaml'), '-o', result, '--quiet', '--only', 'gpkg,geojson', '--lang', 'en'], check=True)
GROUP, PLAIN, A3, A4, ONE, METRE, STATUS = (
    ('宗地专题（点选其一）', '宗地轮廓', 'A3 园区总图（{}）', 'A4 片区图（{}）', 'A4 一地一图（再开发候选）', '米', '判定 · 状态') if zh else
    ('Parcels by theme (pick one)', 'Parcels, plain', 'A3 park ({})', 'A4 zones ({})', 'A4 one parcel a page (candidates)', 'm', 'Verdict: status'))
project = opened(os.path.join(result, 'mujun.qgs'))
layouts = {l.name(): l for l in project.layoutManager().printLayouts()}
themes = [l.name() for l in project.layerTreeRoot().findGroup(GROUP).children() if l.name() != PLAIN]
expect('a sheet of the park and of the zones per theme, and one of parcels', sorted(layouts),
       sorted([A3.format(t) for t in themes] + [A4.format(t) for t in themes] + [ONE]))


def items(layout):
    return [i for i in layout.items() if isinstance(i, QgsLayoutItem) and not type(i).__name__.endswith('Page')]


def place(item):
    p = item.pagePositionWithUnits()
    return QRectF(p.x(), p.y(), item.rect().width(), item.rect().height())


def look(layout, what):
    """Places of the items, the labels' words and what the legend needs, of the page that is up."""
    paper = layout.pageCollection().page(0).rect()
    maps = [i for i in items(layout) if isinstance(i, QgsLayoutItemMap)]
    others = [i for i in items(layout) if not isinstance(i, QgsLayoutItemMap)]
    for i in items(layout):
        expect(f'{what}: {type(i).__name__} at {place(i)} is on the paper', paper.adjusted(5, 5, -5, -5).contains(place(i)), True)
    for k, a in enumerate(others):
        for b in others[k + 1:] + (maps if not isinstance(a, QgsLayoutItemLabel) else []):
            both = place(a).intersected(place(b))
            if both.width() > 0.5 and both.height() > 0.5:
                failures.append(f'{what}: {type(a).__name__} {place(a)} lies over {type(b).__name__} {place(b)}')
    for label in (i for i in others if isinstance(i, QgsLayoutItemLabel)):
        text = label.currentText()
        expect(f'{what}: an expression is worked out', '[%' in text, False)
        expect(f'{what}: the font of {text[:10]!r}', QFontInfo(label.font()).family(), 'Noto Sans CJK SC')
        if label.rect().height() <= 12:  # one line
            expect(f'{what}: {text[:40]!r} fits', label.sizeForText().width() <= label.rect().width() + 0.5, True)
    for legend in (i for i in others if isinstance(i, QgsLayoutItemLegend)):
        need = QgsLegendRenderer(legend.model(), legend.legendSettings()).minimumSize()
        expect(f'{what}: the legend ({need.width():.0f} x {need.height():.0f}) fits into {place(legend)}',
               need.width() <= legend.rect().width() and need.height() <= legend.rect().height(), True)
    for bar in (i for i in others if isinstance(i, QgsLayoutItemScaleBar)):
        expect(f'{what}: the scale bar is of the map, in metres', (bar.linkedMap() is layout.itemById('map'), bar.unitLabel()), (True, METRE))
    scale = layout.itemById('map').scale()
    expect(f'{what}: the scale 1:{scale} is round', abs(scale - round(scale, -2)) < 0.01 * scale / 100, True)


def exported(layout, path, dpi):
    settings = QgsLayoutExporter.ImageExportSettings()
    settings.dpi = dpi
    expect(f'{layout.name()} exports', QgsLayoutExporter(layout).exportToImage(path, settings), QgsLayoutExporter.Success)
    return QImage(path)


for number, (name, layout) in enumerate(sorted(layouts.items())):
    atlas = layout.atlas()
    if not atlas.enabled():
        look(layout, name)
        picture = exported(layout, os.path.join(work, f'{number}.png'), 50)
        expect(f'{name} is not blank: {ink(picture):.3f}', ink(picture) > 0.1, True)
        continue
    over = 'zones' if name != ONE else 'candidates'
    rows = {o['file']: o.get('rows') for o in json.load(open(os.path.join(result, 'manifest.json'), encoding='utf-8'))['outputs']}
    expect(f'{name} has a page each', atlas.updateFeatures(), rows[over + '.geojson'])
    atlas.beginRender()
    pages, first = [], None
    for page in range(min(3, atlas.count())):
        expect(f'{name} goes to page {page}', atlas.seekTo(page), True)
        look(layout, f'{name}, page {page}')
        pages.append(atlas.nameForPage(page))
        feature = layout.reportContext().feature().geometry().boundingBox()
        seen = layout.itemById('map').extent()
        expect(f'{name}, page {page}: the map holds its feature', seen.contains(feature), True)
        expect(f'{name}, page {page}: and not much more', seen.width() < 8 * feature.width() or seen.height() < 8 * feature.height(), True)
        if name in (ONE, A4.format(STATUS)):
            picture = exported(layout, os.path.join(work, f'{number}_{page}.png'), 50)
            expect(f'{name}, page {page} is not blank: {ink(picture):.3f}', ink(picture) > 0.1, True)
            expect(f'{name}: pages differ', picture == first, False)
            first = first or picture
    atlas.endRender()
    expect(f'{name}: pages are called by their features', len(set(pages)), len(pages))
sheet = layouts[A3.format(STATUS)]
pdf = os.path.join(work, 'a3.pdf')
expect('the A3 goes to PDF', QgsLayoutExporter(sheet).exportToPdf(pdf, QgsLayoutExporter.PdfExportSettings()), QgsLayoutExporter.Success)
expect('the PDF has something in it', open(pdf, 'rb').read(5) == b'%PDF-' and os.path.getsize(pdf) > 30000, True)
shutil.rmtree(work, ignore_errors=True)
done('the layouts are as they should be')
