#!/usr/bin/python3
"""test_qgis.py RESULT_FOLDER [PNG]: every layer of a result opens in QGIS, styled and with aliases, with the rows it should have.

With PNG the parcels are drawn as QGIS draws them. Exit 77 (skipped) where PyQGIS is not installed."""
import json
import os
import sys
import tempfile

os.environ['QT_QPA_PLATFORM'] = 'offscreen'
os.environ.setdefault('XDG_RUNTIME_DIR', tempfile.mkdtemp())
try:
    from qgis.core import QgsApplication, QgsMapRendererParallelJob, QgsMapSettings, QgsVectorLayer
    from qgis.PyQt.QtCore import QSize
    from qgis.PyQt.QtGui import QColor
except ImportError:
    print('skipped: PyQGIS is not installed')
    sys.exit(77)

result = os.path.abspath(sys.argv[1])
app = QgsApplication([], False)
app.initQgis()
failures = []


def expect(what, got, want):
    if got != want:
        failures.append(f'{what}: got {got!r}, want {want!r}')


def opened(source, name):
    layer = QgsVectorLayer(source, name, 'ogr')
    expect(f'{name} opens', layer.isValid(), True)
    return layer


rows = {o['file']: o.get('rows') for o in json.load(open(os.path.join(result, 'manifest.json'), encoding='utf-8'))['outputs']}
layers = []
for name in ('parcels', 'zones', 'candidates'):
    layer = opened(os.path.join(result, name + '.geojson'), name + '.geojson')
    expect(f'{name}.geojson rows', layer.featureCount(), rows[name + '.geojson'])
    expect(f'{name}.geojson is WGS 84', layer.crs().authid(), 'EPSG:4326')
    layers.append(layer)
gpkg = os.path.join(result, 'mujun.gpkg')
for name in ('parcels', 'zones', 'buildings', 'candidates'):
    layer = opened(f'{gpkg}|layername={name}', name)
    expect(f'{name} has rows', layer.featureCount() > 0, True)
    layers.append(layer)
for name in ('parcel_zones', 'reasons', 'ledger', 'enterprises', 'checks'):
    expect(f'{name} has fields', opened(f'{gpkg}|layername={name}', name).fields().count() > 2, True)
for layer in layers:
    if layer.name().startswith(('parcels', 'candidates')):
        expect(f'{layer.name()} is painted by status', layer.renderer().type(), 'categorizedSymbol')
    alias = layer.attributeDisplayName(layer.fields().indexOf('area_mu')) if layer.fields().indexOf('area_mu') >= 0 else '面积'
    expect(f'{layer.name()} has aliases', '面积' in alias or 'area' in alias.replace('area_mu', ''), True)
if len(sys.argv) > 2:
    settings = QgsMapSettings()
    shown = [l for n in ('buildings', 'parcels', 'zones') for l in layers if l.name() == n]
    settings.setLayers(shown)
    settings.setDestinationCrs(shown[1].crs())
    settings.setBackgroundColor(QColor(255, 255, 255))
    settings.setOutputSize(QSize(1400, 1500))
    extent = shown[1].extent()
    extent.scale(1.05)
    settings.setExtent(extent)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    job.renderedImage().save(sys.argv[2])
for f in failures:
    print(f)
print('QGIS shows the result' if not failures else f'{len(failures)} failed')
sys.stdout.flush()
os._exit(bool(failures))  # PyQGIS may crash while the interpreter takes layers apart
