"""Files as such: missing, empty, cut, damaged, locked, or not what their names say."""
import os
import sqlite3
import struct

from build import pid
from cases import add


def refuse(id, words, build, *err, **more):
    add(f'file-{id}', words, build, 'refused', err=err, **more)


def good(id, words, build, **more):
    add(f'file-{id}', words, build, 'right', **more)


def without(p, name):
    os.remove(p.path(name))


def moved(p, old, new):
    os.rename(p.path(old), p.path(new))
    return p


def sql(p, *statements, name='parcels.gpkg'):
    p.gpkg()
    with sqlite3.connect(p.path(name)) as db:
        for s in statements:
            db.execute(s)
    db.close()
    return p


refuse('missing', 'no such file', lambda p: p.files.update(parcels='parcels.gpkg') or p.rows.pop('parcels'), 'parcels.gpkg', 'no such file')
refuse('empty', 'a file of 0 bytes', lambda p: p.gpkg().cut('parcels.gpkg', 0), 'parcels.gpkg', 'empty')
refuse('empty-csv', 'a table of 0 bytes', lambda p: p.csv().cut('enterprises.csv', 0), 'enterprises.csv', 'empty')
refuse('blank-csv', 'a table of line ends', lambda p: p.csv().write('enterprises.csv', '\n\n\n'), 'enterprises.csv')
refuse('folder', 'a folder in the place of the file', lambda p: p.files.update(parcels='parcels.gpkg') or os.mkdir(p.path('parcels.gpkg')), 'parcels.gpkg', 'regular file')
refuse('fifo', 'a pipe in the place of the file', lambda p: p.files.update(parcels='parcels.gpkg') or os.mkfifo(p.path('parcels.gpkg')), 'parcels.gpkg', 'regular file')
refuse('fifo-csv', 'a pipe in the place of a table', lambda p: p.files.update(enterprises='enterprises.csv') or os.mkfifo(p.path('enterprises.csv')), 'enterprises.csv', 'regular file')
refuse('device', '/dev/zero, which never ends', lambda p: p.files.update(parcels='parcels.gpkg') or os.symlink('/dev/zero', p.path('parcels.gpkg')), 'parcels.gpkg', 'regular file')
refuse('dangling', 'a link to nothing', lambda p: p.files.update(parcels='parcels.gpkg') or os.symlink('nowhere.gpkg', p.path('parcels.gpkg')), 'parcels.gpkg', 'no such file')
refuse('ending', 'an ending that is not known', lambda p: moved(p.gpkg(), 'parcels.gpkg', 'parcels.dwg') and p.files.update(parcels='parcels.dwg'), 'parcels.dwg', '.shp')
refuse('text-as-gpkg', 'a text named .gpkg', lambda p: p.gpkg().write('parcels.gpkg', '宗地'), 'parcels.gpkg', 'GeoPackage')
refuse('prefix', 'a path that GDAL takes for a connection', lambda p: p.files.update(parcels='PG:dbname=x'), 'PG:dbname=x')
refuse('vsi', 'a path of GDAL for files on the net', lambda p: p.files.update(parcels='/vsicurl/http://127.0.0.1:9/p.gpkg'), 'p.gpkg', 'no such file')
good('link', 'a link to the file', lambda p: moved(p.gpkg(), 'parcels.gpkg', 'real.gpkg') and os.symlink('real.gpkg', p.path('parcels.gpkg')))
good('chinese-path', 'a file name with Chinese letters and blanks', lambda p: p.gpkg(name='宗地 图层（最新）.gpkg'))
good('quote-path', 'a file name with quotes and a percent sign', lambda p: p.gpkg(name="par'cels %s \"x\".gpkg"))
good('upper-ending', 'PARCELS.GPKG', lambda p: moved(p.gpkg(), 'parcels.gpkg', 'PARCELS.GPKG') and p.files.update(parcels='PARCELS.GPKG'))
good('read-only', 'files and folder that may not be written', lambda p: (p.finish(), [os.chmod(p.path(n), 0o400) for n in os.listdir(p.folder)]))

# shapefile
for ext in ('dbf', 'shx'):
    refuse(f'shp-no-{ext}', f'no .{ext}', lambda p, ext=ext: without(p.shp(cpg='UTF-8'), f'parcels.{ext}'), 'parcels.shp', f'.{ext}')
    refuse(f'shp-{ext}-empty', f'a .{ext} of 0 bytes', lambda p, ext=ext: p.shp(cpg='UTF-8').cut(f'parcels.{ext}', 0), 'parcels.shp', f'.{ext}')
    refuse(f'shp-{ext}-cut', f'the .{ext} is cut', lambda p, ext=ext: p.shp(cpg='UTF-8').cut(f'parcels.{ext}', -40), 'parcels.shp', f'.{ext}')
refuse('shp-cut', 'the .shp is cut', lambda p: p.shp(cpg='UTF-8').cut('parcels.shp', -40), 'parcels.shp', 'truncated')
refuse('shp-header', 'the .shp is its header only', lambda p: p.shp(cpg='UTF-8').cut('parcels.shp', 100), 'parcels.shp')
refuse('shp-count', 'the .dbf says 7 records where there are 6', lambda p: p.shp(cpg='UTF-8').patch('parcels.dbf', 4, struct.pack('<I', 7)), 'parcels.shp', '7')
refuse('shp-count-less', 'the .dbf says 5 records where there are 6', lambda p: p.shp(cpg='UTF-8').patch('parcels.dbf', 4, struct.pack('<I', 5)), 'parcels.shp', '6', '5')
refuse('shp-count-huge', 'the .dbf says four thousand million records', lambda p: p.shp(cpg='UTF-8').patch('parcels.dbf', 4, struct.pack('<I', 0xFFFFFFF0)), 'parcels.shp', '.dbf')
refuse('shp-shx-beyond', 'the .shx points beyond the .shp', lambda p: p.shp(cpg='UTF-8').patch('parcels.shx', 100 + 5 * 8, struct.pack('>I', 0x00FFFFFF)), 'parcels.shp')
refuse('shp-other-dbf', 'the .dbf is of another layer', lambda p: p.shp(cpg='UTF-8').shp('buildings') and os.replace(p.path('buildings.dbf'), p.path('parcels.dbf')) or p.drop('buildings')
       or p.files.pop('buildings'), 'parcels.shp')
refuse('shp-points-vast', 'a shape that declares two thousand million points', lambda p: p.shp(cpg='UTF-8').patch('parcels.shp', 108 + 4 + 32 + 4, struct.pack('<I', 0x7FFFFFF0)), 'parcels.shp')
refuse('shp-parts-vast', 'a shape that declares two thousand million parts', lambda p: p.shp(cpg='UTF-8').patch('parcels.shp', 108 + 4 + 32, struct.pack('<I', 0x7FFFFFF0)), 'parcels.shp')
good('shp-deleted', 'a record marked as deleted, besides the six', lambda p: (p.rows['parcels'].append(dict(p.rows['parcels'][5], ZDDM=pid(9))), p.shp(cpg='UTF-8'),
    p.patch('parcels.dbf', int.from_bytes(open(p.path('parcels.dbf'), 'rb').read()[8:10], 'little') + 6 * int.from_bytes(open(p.path('parcels.dbf'), 'rb').read()[10:12], 'little'), b'*'),
    p.delivered.update(parcels=6)), rows={'parcels': 6})
good('shp-junk-tail', 'bytes behind the end of the .dbf', lambda p: p.shp(cpg='UTF-8').write('parcels.dbf', open(p.path('parcels.dbf'), 'rb').read() + b'\0' * 100))
good('shp-no-eof-mark', 'a .dbf without its last byte 1A', lambda p: p.shp(cpg='UTF-8').cut('parcels.dbf', -1))
good('shp-sidecars', 'index files of other programs beside it (.sbn, .qix damaged)', lambda p: p.shp(cpg='UTF-8').write('parcels.sbn', b'rubbish').write('parcels.qix', b'SQT\1' + b'\xff' * 40))

# zip
PARTS = ('shp', 'shx', 'dbf', 'prj', 'cpg')


def zipped(p, folder='', second=False):
    p.shp(cpg='UTF-8')
    names = {f'{folder}宗地.{e}': f'parcels.{e}' for e in PARTS}
    if second:
        names.update({f'{folder}old/宗地2024.{e}': f'parcels.{e}' for e in PARTS})
    p.zip('parcels.zip', names)
    for e in PARTS:
        without(p, f'parcels.{e}')
    return p


good('zip', 'a shapefile in a zip', zipped)
good('zip-folder', 'in a folder with a Chinese name within', lambda p: zipped(p, '宗地数据/'))
refuse('zip-several', 'two shapefiles in the zip: one must be named', lambda p: zipped(p, second=True), 'parcels.zip', '宗地2024')
good('zip-named', 'and one is named', lambda p: zipped(p, second=True).files.update(parcels='parcels.zip:宗地'))
refuse('zip-cut', 'the zip is cut', lambda p: zipped(p).cut('parcels.zip', -200), 'parcels.zip')
refuse('zip-nothing', 'a zip without a layer', lambda p: p.write('readme.txt', 'x').zip('parcels.zip', {'readme.txt': 'readme.txt'}), 'parcels.zip')
refuse('zip-no-dbf', 'a zip without the .dbf', lambda p: p.shp(cpg='UTF-8').zip('parcels.zip', {f'parcels.{e}': f'parcels.{e}' for e in ('shp', 'shx', 'prj')}), 'parcels', '.dbf')

# GeoPackage
refuse('gpkg-cut', 'a GeoPackage that was not copied to its end', lambda p: p.gpkg().cut('parcels.gpkg', 40960), 'parcels.gpkg', 'truncated')
refuse('gpkg-view-endless', 'a view that never ends', lambda p: sql(p, 'DROP TABLE IF EXISTS rtree_parcels_geom', "CREATE VIEW v AS WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c) SELECT i AS fid, "
       "p.geom, p.ZDDM FROM c, parcels p", "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES ('v', 'features', 'v', 4549)",
       "INSERT INTO gpkg_geometry_columns VALUES ('v', 'geom', 'POLYGON', 4549, 0, 0)").files.update(parcels='parcels.gpkg:v'), 'parcels.gpkg', 'view')
refuse('gpkg-two-layers', 'two layers that could be the parcels', lambda p: (p.gpkg(layer='2024'), p.files.pop('parcels'), append(p, '2025')), 'parcels.gpkg', '2024', '2025')
refuse('gpkg-layer-unknown', 'the layer that is named is not there', lambda p: p.gpkg().files.update(parcels='parcels.gpkg:宗地'), 'parcels.gpkg', '宗地')
refuse('gpkg-no-rows', 'a layer without rows', lambda p: p.rows['parcels'].clear(), 'parcels.gpkg', 'no rows')
add('file-gpkg-blob', 'a geometry of four bytes in one row', lambda p: sql(p, *NO_TRIGGERS, "UPDATE parcels SET geom = x'47500001' WHERE fid = 6"), 'noted', codes='ROW_NO_GEOMETRY|GEOM_UNREPAIRABLE|SOURCE_WARNING',
       changed=(6,), cells={(6, 'area_planar_m2'): None})
good('gpkg-wal', 'a GeoPackage that QGIS left in WAL mode', lambda p: sql(p, 'PRAGMA journal_mode = WAL'))


def append(p, layer):
    from osgeo import ogr
    source = ogr.Open(p.path('parcels.gpkg'), 1)
    source.CopyLayer(source.GetLayer(0), layer)
    p.files['parcels'] = 'parcels.gpkg'


NO_TRIGGERS = ["DROP TRIGGER IF EXISTS rtree_parcels_geom_update1", "DROP TRIGGER IF EXISTS rtree_parcels_geom_update2", "DROP TRIGGER IF EXISTS rtree_parcels_geom_update3",
               "DROP TRIGGER IF EXISTS rtree_parcels_geom_update4", "DROP TRIGGER IF EXISTS rtree_parcels_geom_update6", "DROP TRIGGER IF EXISTS rtree_parcels_geom_update7"]

# GeoJSON
FEATURE = '{"type":"Feature","properties":{"ZDDM":"%s"},"geometry":{"type":"Polygon","coordinates":[[[118.55,24.91],[118.551,24.91],[118.551,24.911],[118.55,24.911],[118.55,24.91]]]}}'


def geojson(p, text):
    p.files['parcels'] = 'parcels.geojson'
    return p.write('parcels.geojson', text)


refuse('geojson-cut', 'GeoJSON cut in the middle', lambda p: p.project('parcels', 4326).geojson().cut('parcels.geojson', -300), 'parcels.geojson', 'truncated')
refuse('geojson-broken', 'GeoJSON with a comma too few', lambda p: geojson(p, '{"type":"FeatureCollection","features":[' + FEATURE % 'a' + FEATURE % 'b' + ']}'), 'parcels.geojson')
refuse('geojson-list', 'a list of features, not a collection', lambda p: geojson(p, '[' + FEATURE % 'a' + ']'), 'parcels.geojson')
refuse('geojson-empty', 'a collection of no features', lambda p: geojson(p, '{"type":"FeatureCollection","features":[]}'), 'parcels.geojson')
refuse('geojson-deep', 'nested a hundred thousand deep', lambda p: geojson(p, '{"type":"FeatureCollection","features":' + '[' * 100000 + ']' * 100000 + '}'), 'parcels.geojson')
refuse('geojson-projected', 'metres without a crs member', lambda p: p.geojson(srs=None), 'parcels.geojson', 'degree')
