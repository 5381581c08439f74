"""The layers of a result in the layer tree: a group with the styles that the result carries."""
import contextlib
import json
import os
import pathlib
import sqlite3

from qgis.core import QgsProcessingContext, QgsProcessingLayerPostProcessorInterface

from .words import word

# from top to bottom; the words of the layer in words.py
LAYERS = [('check_points', 'check_points'), ('checks', 'checks'), ('fit', 'fit layer'), ('candidates', 'candidates'), ('parcels', 'parcels'), ('zones', 'zones')]
HIDDEN = {'check_points', 'checks', 'candidates'}  # there, but not drawn over the parcels at first


def output_key(layer):
    return 'RESULT_' + layer.upper()


def written(folder):
    """The manifest of the result, or {} where there is none."""
    try:
        with open(os.path.join(folder, 'manifest.json'), encoding='utf-8') as f:
            return json.load(f)
    except (OSError, ValueError):
        return {}


def layers_in(folder):
    """{layer: source QGIS opens} of the result: of its GeoPackage, else of GeoJSON with a style beside it."""
    names = {o['file']: o for o in written(folder).get('outputs', [])}
    tables = table_names(folder) if 'mujun.gpkg' in names else set()
    found = {}
    for layer, _ in LAYERS:
        if layer in tables:
            found[layer] = f"{os.path.join(folder, 'mujun.gpkg')}|layername={layer}"
        elif layer + '.geojson' in names:
            found[layer] = os.path.join(folder, layer + '.geojson')
    return found


def table_names(folder):
    """Tables of the GeoPackage that have shapes; read without touching the file, which QGIS would."""
    path = pathlib.Path(folder, 'mujun.gpkg').absolute().as_uri()
    with contextlib.closing(sqlite3.connect(path + '?mode=ro&immutable=1', uri=True)) as db:
        return {row[0] for row in db.execute('SELECT table_name FROM gpkg_geometry_columns')}


class Placer(QgsProcessingLayerPostProcessorInterface):
    """Gives a layer the style it carries, and its place in the group."""
    kept = []  # QGIS holds no reference of its own

    def __init__(self, layer, group):
        super().__init__()
        self.layer, self.group = layer, group
        Placer.kept.append(self)

    def postProcessLayer(self, layer, context, feedback):
        layer.dataProvider().reloadData()  # one that was there already still reads the file that was replaced
        layer.loadDefaultStyle()
        project = layer.project() or context.project()
        root = project.layerTreeRoot()
        node = root.findLayer(layer.id())
        if node is None:
            return
        group = root.findGroup(self.group) or root.insertGroup(0, self.group)
        order = [name for name, _ in LAYERS]
        above = [order.index(n.customProperty('mujun')) for n in group.children() if n.customProperty('mujun') in order]
        at = sum(1 for i in above if i < order.index(self.layer))
        placed = group.insertLayer(at, layer)
        placed.setCustomProperty('mujun', self.layer)
        placed.setItemVisibilityChecked(self.layer not in HIDDEN)
        placed.setExpanded(self.layer in ('parcels', 'fit'))
        node.parent().removeChildNode(node)
        layer.triggerRepaint()


def load(folder, context, feedback):
    """Have the layers loaded when the algorithm is done, where there is a project to load them into."""
    found = layers_in(folder)
    if not found:
        feedback.pushInfo(word('nothing to show', folder=folder))
    if context.project() is None:
        return
    park = written(folder).get('park') or os.path.basename(folder)
    group = f"{word('provider')}: {park} ({os.path.basename(os.path.normpath(folder))})"
    for layer, text in LAYERS:
        if layer in found:
            details = QgsProcessingContext.LayerDetails(word(text), context.project(), output_key(layer))
            details.forceName = True
            details.setPostProcessor(Placer(layer, group))
            context.addLayerToLoadOnCompletion(found[layer], details)
