#!/usr/bin/python3
"""pictures.py MUJUN PARK_FOLDER DOCS_FOLDER: the pictures of docs/ that show the sample, and those that test_qgis_themes.py
compares with, drawn by QGIS from a run of today. Run by hand when a style, the sheets or the fit change, and look at what comes out: QT_QPA_PLATFORM=offscreen python3 tests/cases/pictures.py build/release/src/cli/mujun samples/park docs"""
import collections
import os
import subprocess
import sys
import tempfile

import qgis_ground
from qgis.core import (QgsFillSymbol, QgsLayoutExporter, QgsMapRendererParallelJob, QgsMapSettings, QgsRectangle, QgsSingleSymbolRenderer,
                       QgsVectorLayer)
from qgis.PyQt.QtCore import QRect, QSize, Qt
from qgis.PyQt.QtGui import QColor, QFont, QImage, QPainter

WIDTH, HEIGHT, TITLE = 560, 640, 44
WAYS = (('open', '空地新建 open land'), ('storeys', '加层改造 added storeys'), ('rebuild', '拆除重建 cleared and rebuilt'))
PART = (0.47, 0.455, 0.525, 0.545)  # of the extent of the parcels: some blocks of the middle zone


def layer(out, name, fill=None, where=None):
    it = QgsVectorLayer(f'{os.path.join(out, "mujun.gpkg")}|layername={name}', name, 'ogr')
    assert it.isValid(), name
    if where:
        it.setSubsetString(where)
    if fill:
        it.setRenderer(QgsSingleSymbolRenderer(QgsFillSymbol.createSimple(fill)))
        it.setLabelsEnabled(False)
    return it


def draw(layers, box):
    s = QgsMapSettings()
    s.setLayers(layers)
    s.setDestinationCrs(layers[-1].crs())
    s.setOutputSize(QSize(WIDTH, HEIGHT))
    s.setBackgroundColor(QColor('white'))
    s.setExtent(box)
    job = QgsMapRendererParallelJob(s)
    job.start()
    job.waitForFinished()
    return job.renderedImage()


def modules(out, way):
    fills = {'color': '236,112,20', 'outline_color': '60,30,10', 'outline_width': '0.3'}
    it = layer(out, 'fit', fills, f"fit_way = '{way}' AND part IN ('module', 'storeys')")
    it.setLabelsEnabled(False)
    return it


def fit(out, path):
    parcels = layer(out, 'parcels', {'color': '250,250,245', 'outline_color': '70,70,70', 'outline_width': '0.3'})
    houses = layer(out, 'buildings', {'color': '212,212,212', 'outline_color': '150,150,150', 'outline_width': '0.15'})
    e = parcels.extent()
    box = QgsRectangle(*(e.xMinimum() + PART[i] * e.width() if i % 2 == 0 else e.yMinimum() + PART[i] * e.height() for i in range(4)))
    sheet = QImage(3 * WIDTH, HEIGHT + TITLE, QImage.Format_RGB32)
    sheet.fill(Qt.white)
    painter = QPainter(sheet)
    painter.setFont(QFont('Noto Sans CJK SC', 15))
    for k, (way, title) in enumerate(WAYS):
        under = [houses] if way != 'rebuild' else []
        painter.drawImage(k * WIDTH, TITLE, draw([modules(out, way), *under, parcels], box))
        painter.drawText(QRect(k * WIDTH, 0, WIDTH, TITLE), Qt.AlignCenter, title)
    painter.end()
    keep(sheet, path, 300000)


def keep(image, path, most):
    """As a PNG of the picture's own 256 commonest colours, which a map's all are; Qt's palette would change them."""
    image = image.convertToFormat(QImage.Format_RGB32)
    pixels = memoryview(image.constBits().asarray(image.sizeInBytes())).cast('B').cast('I')
    table = [colour for colour, _ in collections.Counter(pixels).most_common(256)]
    assert image.convertToFormat(QImage.Format_Indexed8, table, Qt.ThresholdDither).save(path, 'PNG', 0), path
    assert os.path.getsize(path) <= most, (path, os.path.getsize(path))


def sheet(project, name, page, path, dpi):
    """A print layout of the project, of an atlas that page."""
    layout = project.layoutManager().layoutByName(name)
    settings = QgsLayoutExporter.ImageExportSettings()
    settings.dpi = dpi
    if layout.atlas().enabled():
        layout.atlas().beginRender()
        layout.atlas().seekTo(page)
    raw = path + '.raw.png'
    assert QgsLayoutExporter(layout).exportToImage(raw, settings) == QgsLayoutExporter.Success, name
    keep(QImage(raw), path, 300000)
    os.remove(raw)


def themes(project, folder):
    """What test_qgis_themes.py compares with."""
    os.makedirs(folder, exist_ok=True)
    for it in project.mapLayers().values():
        if it.id() != 'mujun_candidates_current':
            drawn = qgis_ground.theme_picture(project, it).scaled(qgis_ground.KEPT, qgis_ground.KEPT, Qt.IgnoreAspectRatio, Qt.SmoothTransformation)
            keep(drawn, os.path.join(folder, it.id()[len('mujun_'):] + '.png'), 20000)


def main():
    mujun, park, docs = sys.argv[1:4]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as out:
        out = os.path.join(out, 'r')
        subprocess.run([mujun, 'analyze', os.path.join(park, 'park.yaml'), '-o', out, '--quiet', '--only', 'gpkg', '--lang', 'zh'], check=True)
        project = qgis_ground.opened(os.path.join(out, 'mujun.qgs'))
        themes(project, os.path.join(os.path.dirname(os.path.abspath(__file__)), 'pictures'))
        sheet(project, 'A3 园区总图（判定 · 状态）', 0, os.path.join(docs, 'sample-park.png'), 96)
        sheet(project, 'A3 园区总图（规划 · 剩余可建）', 0, os.path.join(docs, 'sample-headroom.png'), 80)
        page = next(i for i, f in enumerate(project.mapLayer('mujun_candidates_current').getFeatures()) if f['status'] == 'inefficient')
        sheet(project, 'A4 一地一图（再开发候选）', page, os.path.join(docs, 'sample-parcel.png'), 96)
        sheet(project, 'A4 片区图（效益 · 亩均税收）', 2, os.path.join(docs, 'sample-zone.png'), 80)
        subprocess.run([mujun, 'analyze', os.path.join(park, 'park.yaml'), '-o', out, '--quiet', '--overwrite', '--only', 'gpkg', '--fit', 'all'], check=True)
        fit(out, os.path.join(docs, 'sample-fit.png'))
    qgis_ground.done('pictures drawn')


if __name__ == '__main__':
    main()
