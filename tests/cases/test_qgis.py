#!/usr/bin/python3
"""test_qgis.py RESULT_FOLDER: every layer of a result opens in QGIS, styled and with aliases, with the rows it should have.

Exit 77 (skipped) where PyQGIS is not installed."""
import json
import os
import sys
import tempfile

os.environ['QT_QPA_PLATFORM'] = 'offscreen'
os.environ.setdefault('XDG_RUNTIME_DIR', tempfile.mkdtemp())
try:
    from qgis.core import QgsApplication, QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsExpressionContextUtils, QgsMapRendererParallelJob, QgsMapSettings, QgsProject, QgsRenderContext, QgsVectorLayer
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


def painted(layer):
    """Does the layer by itself leave anything on a white sheet?"""
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(layer.crs())
    settings.setBackgroundColor(QColor(255, 255, 255))
    settings.setOutputSize(QSize(300, 300))
    settings.setExtent(layer.extent())
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    return any(image.pixelColor(x, y) != QColor(255, 255, 255) for x in range(0, 300, 2) for y in range(0, 300, 2))


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
for name in ('checks', 'check_points'):
    layer = opened(f'{gpkg}|layername={name}', name)
    expect(f'{name} has rows', layer.featureCount() > 0, True)
    expect(f'{name} is painted by severity', [layer.renderer().type(), layer.renderer().classAttribute()], ['categorizedSymbol', 'severity'])
    expect(f'{name} has aliases', layer.attributeDisplayName(layer.fields().indexOf('severity')) in ('程度', 'severity'), True)
    beside = opened(os.path.join(result, name + '.geojson'), name + '.geojson')
    expect(f'{name}.geojson has the rows', beside.featureCount(), layer.featureCount())
for name, kind, attribute in (('enterprises', 'pointDisplacement', 'tax_wan_per_mu'), ('projects', 'categorizedSymbol', 'batch'), ('factory_units', 'categorizedSymbol', 'use_state')):
    layer = opened(f'{gpkg}|layername={name}', name)
    sources = [layer]
    if name != 'factory_units':
        sources.append(opened(os.path.join(result, name + '.geojson'), name + '.geojson'))
        expect(f'{name}.geojson rows', sources[1].featureCount(), rows[name + '.geojson'])
    for layer in sources:
        renderer = layer.renderer()
        inner = renderer.embeddedRenderer() if renderer.type() == 'pointDisplacement' else renderer
        expect(f'{layer.name()} is painted by {attribute}', (renderer.type(), attribute in inner.classAttribute()), (kind, True))
        expect(f'{layer.name()} is labelled', layer.labelsEnabled(), name != 'factory_units')
        expect(f'{layer.name()} has aliases', layer.attributeDisplayName(layer.fields().indexOf('zone')) in ('片区', 'zone'), True)
        # every feature falls into a class, with the symbol of that class
        context = QgsRenderContext()
        context.expressionContext().appendScopes(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
        inner.startRender(context, layer.fields())
        seen = set()
        for f in layer.getFeatures():
            context.expressionContext().setFeature(f)
            seen.add('left out' if inner.symbolForFeature(f, context) is None else 'drawn')
        inner.stopRender(context)
        expect(f'{layer.name()}: every feature is drawn', seen, {'drawn'})
        expect(f'{layer.name()} paints something', painted(layer), True)
fit = opened(os.path.join(result, 'fit.geojson'), 'fit.geojson')
expect('fit.geojson rows', fit.featureCount(), rows['fit.geojson'])
for fit in (fit, opened(f'{gpkg}|layername=fit', 'fit')):
    expect(f'{fit.name()} is painted by rules', fit.renderer().type(), 'RuleRenderer')
    for rule in fit.renderer().rootRule().children():
        matched = sum(1 for f in fit.getFeatures(rule.filterExpression()) if f['part'] == 'buildable' or f['chosen'] == 'yes')
        others = sum(1 for f in fit.getFeatures(rule.filterExpression())) - matched
        expect(f'{fit.name()}: {rule.label()} takes rows', matched + others > 0, True)
        expect(f'{fit.name()}: {rule.label()} is on for what is chosen', rule.active(), others == 0)
    settings = QgsMapSettings()
    settings.setLayers([fit])
    settings.setDestinationCrs(QgsCoordinateReferenceSystem('EPSG:4549'))
    settings.setOutputSize(QSize(600, 600))
    module = next(fit.getFeatures("part = 'module' AND chosen = 'yes'"))
    extent = QgsCoordinateTransform(fit.crs(), settings.destinationCrs(), QgsProject.instance()).transform(module.geometry().boundingBox())
    extent.scale(1.5)
    settings.setExtent(extent)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    labels = [label.labelText for label in job.takeLabelingResults().labelsWithinRect(extent)]
    expect(f'{fit.name()} has the label of the module', any(text.startswith(f"{module['storeys']}F") for text in labels), True)
for name in ('parcel_zones', 'reasons', 'ledger', 'enterprise_years', 'occupancies'):
    expect(f'{name} has fields', opened(f'{gpkg}|layername={name}', name).fields().count() > 2, True)
for layer in layers:
    if layer.name().startswith(('parcels', 'candidates')):
        expect(f'{layer.name()} is painted by status', layer.renderer().type(), 'categorizedSymbol')
    alias = layer.attributeDisplayName(layer.fields().indexOf('area_mu')) if layer.fields().indexOf('area_mu') >= 0 else '面积'
    expect(f'{layer.name()} has aliases', '面积' in alias or 'area' in alias.replace('area_mu', ''), True)
for f in failures:
    print(f)
print('QGIS shows the result' if not failures else f'{len(failures)} failed')
sys.stdout.flush()
os._exit(bool(failures))  # PyQGIS may crash while the interpreter takes layers apart
