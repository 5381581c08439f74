"""qgis_ground.py: PyQGIS without a screen, what was expected and what came, and pictures compared by a tolerant measure."""
import os
import sys
import tempfile

os.environ['QT_QPA_PLATFORM'] = 'offscreen'
os.environ['XDG_RUNTIME_DIR'] = tempfile.mkdtemp()
try:
    from qgis.core import QgsApplication, QgsMapRendererParallelJob, QgsMapSettings, QgsProject
    from qgis.PyQt.QtCore import QSize, Qt
    from qgis.PyQt.QtGui import QColor, QImage
except ImportError:
    print('skipped: PyQGIS is not installed')
    sys.exit(77)

app = QgsApplication([], False)
app.initQgis()
failures = []
SIDE, KEPT, GRID = 200, 100, 25  # pixels of a picture as drawn and as stored, and how many squares of it are compared each way
LIMIT = 4.0  # of the measure; a class in the colour of another moves it further, see test_qgis_themes.py


def expect(what, got, want):
    if got != want:
        failures.append(f'{what}: got {got!r}, want {want!r}')


def done(said):
    for f in failures:
        print(f)
    print(said if not failures else f'{len(failures)} failed')
    sys.stdout.flush()
    os._exit(bool(failures))  # PyQGIS may crash while the interpreter takes layers apart


def opened(path):
    project = QgsProject()
    expect(f'{os.path.basename(path)} opens', project.read(path), True)
    return project


def painted(layers, extent, crs, side=SIDE):
    """Layers as QGIS paints them, without labels: fonts differ from one computer to another."""
    s = QgsMapSettings()
    s.setLayers(layers)
    s.setDestinationCrs(crs)
    s.setBackgroundColor(QColor('white'))
    s.setOutputSize(QSize(side, side))
    s.setExtent(extent)
    s.setFlag(QgsMapSettings.DrawLabeling, False)
    job = QgsMapRendererParallelJob(s)
    job.start()
    job.waitForFinished()
    return job.renderedImage().convertToFormat(QImage.Format_RGB32)


def blocks(image):
    """The mean colour of every square of the grid: an edge half a pixel off does not change it much."""
    small = image.scaled(GRID, GRID, Qt.IgnoreAspectRatio, Qt.SmoothTransformation)
    return [small.pixelColor(x, y).getRgb()[:3] for y in range(small.height()) for x in range(small.width())]


def measure(a, b):
    """How far two pictures are apart: the mean difference of a channel over the squares in which one of them is painted, 0 .. 255."""
    pairs = [(p, q) for p, q in zip(blocks(a), blocks(b)) if min(p) < 250 or min(q) < 250]
    return sum(abs(x - y) for p, q in pairs for x, y in zip(p, q)) / (3 * max(len(pairs), 1))


def ink(image):
    """The share of pixels that are not white."""
    step = max(1, image.width() // 400)
    seen = [image.pixel(x, y) & 0xffffff != 0xffffff for x in range(0, image.width(), step) for y in range(0, image.height(), step)]
    return sum(seen) / len(seen)


def theme_extent(project, layer):
    """Where a theme's picture is taken: the middle zone for what covers the park, else where the layer is."""
    from qgis.core import QgsRectangle
    zone = next((f for f in project.mapLayer('mujun_zones_zones').getFeatures() if f['zone'] == '中部片区'), None)
    box = zone.geometry().boundingBox() if zone else layer.extent()
    if layer.id().endswith('buildings'):  # close up, or they do not show
        c = box.center()
        return QgsRectangle(c.x() - 200, c.y() - 200, c.x() + 200, c.y() + 200)
    return box


def theme_picture(project, layer):
    return painted([layer], theme_extent(project, layer), project.crs())
