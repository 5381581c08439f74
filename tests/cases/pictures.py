#!/usr/bin/python3
"""pictures.py MUJUN PARK_FOLDER DOCS_FOLDER: the pictures of docs/ that show the sample, drawn by QGIS from a run of today.
Run by hand when a style or the fit changes: QT_QPA_PLATFORM=offscreen python3 tests/cases/pictures.py build/release/src/cli/mujun samples/park docs"""
import os
import subprocess
import sys
import tempfile

from qgis.core import (QgsApplication, QgsFillSymbol, QgsMapRendererParallelJob, QgsMapSettings, QgsRectangle, QgsSingleSymbolRenderer,
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
    assert sheet.save(path)


def main():
    mujun, park, docs = sys.argv[1:4]
    app = QgsApplication([], False)
    app.initQgis()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as out:
        subprocess.run([mujun, 'analyze', os.path.join(park, 'park.yaml'), '-o', os.path.join(out, 'r'), '--quiet', '--only', 'gpkg', '--fit', 'all'],
                       check=True)
        fit(os.path.join(out, 'r'), os.path.join(docs, 'sample-fit.png'))
        app.exitQgis()


if __name__ == '__main__':
    main()
