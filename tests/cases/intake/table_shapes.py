"""Shapes: every row is measured after a repair that is told, or set aside. Parcel 6 is the spoilt one: it has no building and no enterprise."""
import math
import struct

from build import X0, Y0, box, ogr, ring
from cases import add

AT = 240, 120  # the corner of parcel 6


def at(*points):
    return ring(*[(x + AT[0], y + AT[1]) for x, y in points])


def shape(id, words, geom, expect, area, codes='', notes='', record=None, kind=ogr.wkbPolygon, near=0, **more):
    """Parcel 6 has this shape and this recorded area (the measured one where none is given), so that nothing but the shape is told."""
    def make(p):
        p.parcel(6, geom=geom() if callable(geom) else geom, ZDMJ=record if record is not None else area).gpkg(kind=kind)
    add(f'shape-{id}', words, make, expect, codes=codes, notes=notes, cells={(6, 'area_planar_m2'): (area, near or 1e-12)}, changed=(6,), **more)


def raw(points, hole=None):
    """A polygon as bytes, with rings as they are: unclosed, too short, not finite."""
    rings = [points] + ([hole] if hole else [])
    wkb = struct.pack('<BII', 1, 3, len(rings))
    for r in rings:
        wkb += struct.pack('<I', len(r)) + b''.join(struct.pack('<dd', x + X0 + AT[0], y + Y0 + AT[1]) for x, y in r)
    return lambda: ogr.CreateGeometryFromWkb(wkb)


UNIT = [(0, 0), (0, 100), (100, 100), (100, 0), (0, 0)]
shape('bow-tie', 'a bow tie: two triangles of 2500 m2', f'POLYGON({at((0, 0), (100, 100), (100, 0), (0, 100), (0, 0))})', 'noted', 5000.0, 'GEOM_INVALID')
shape('loop', 'a boundary that crosses itself in a small loop', f'POLYGON({at((0, 0), (0, 100), (100, 100), (100, 50), (90, 60), (110, 60), (100, 50), (100, 0), (0, 0))})', 'noted',
      10050.0, 'GEOM_INVALID')
shape('spike', 'a spike of no width', f'POLYGON({at((0, 0), (0, 100), (100, 100), (100, 50), (150, 50), (100, 50), (100, 0), (0, 0))})', 'noted', 10000.0, 'GEOM_INVALID')
shape('duplicate-points', 'every vertex three times', f'POLYGON({at(*[q for q in UNIT for _ in range(3)])})', 'right', 10000.0)
shape('collinear', 'a hundred vertices on every side', f'POLYGON({at(*[(0, i) for i in range(100)], *[(i, 100) for i in range(100)], *[(100, 100 - i) for i in range(100)], *[(100 - i, 0) for i in range(101)])})',
      'right', 10000.0)
shape('counter-clockwise', 'the shell runs counter-clockwise', f'POLYGON({at(*reversed(UNIT))})', 'right', 10000.0)
shape('same-direction-hole', 'shell and hole run in the same direction', f'POLYGON({at(*UNIT)},{at((10, 10), (10, 20), (20, 20), (20, 10), (10, 10))})', 'right', 9900.0)
shape('unclosed', 'the last point does not repeat the first', raw(UNIT[:-1]), 'noted', 10000.0, 'GEOM_INVALID')
shape('hole-outside', 'a hole outside the shell: as GEOS repairs it, a part of its own, and the areas before and after are told', f'POLYGON({at(*UNIT)},{at((-15, 10), (-15, 20), (-5, 20), (-5, 10), (-15, 10))})', 'noted', 10100.0, 'GEOM_INVALID')
shape('hole-across', 'a hole that crosses the shell', f'POLYGON({at(*UNIT)},{at((90, 10), (90, 20), (110, 20), (110, 10), (90, 10))})', 'noted', 9900.0, 'GEOM_INVALID')
shape('hole-touches', 'a hole that touches the shell in a point', f'POLYGON({at(*UNIT)},{at((0, 50), (10, 60), (20, 50), (10, 40), (0, 50))})', 'right', 9800.0)
shape('hole-edge', 'a hole that shares a side with the shell', f'POLYGON({at(*UNIT)},{at((0, 40), (0, 60), (20, 60), (20, 40), (0, 40))})', 'noted', 9600.0, 'GEOM_INVALID')
shape('hole-twice', 'the same hole twice', f'POLYGON({at(*UNIT)},{at((10, 10), (10, 20), (20, 20), (20, 10), (10, 10))},{at((10, 10), (10, 20), (20, 20), (20, 10), (10, 10))})', 'noted', 9900.0,
      'GEOM_INVALID')
shape('hole-is-shell', 'a hole as large as the shell', f'POLYGON({at(*UNIT)},{at(*UNIT)})', 'noted', None, 'GEOM_ZERO_AREA|GEOM_UNREPAIRABLE', record=10000.0)
shape('zero-area', 'three points on a line', f'POLYGON({at((0, 0), (50, 50), (100, 100), (0, 0))})', 'noted', None, 'GEOM_ZERO_AREA', record=10000.0)
shape('one-point', 'all vertices are one point', f'POLYGON({at((5, 5), (5, 5), (5, 5), (5, 5))})', 'noted', None, 'GEOM_ZERO_AREA', record=10000.0)
shape('two-points', 'there and back', raw([(0, 0), (100, 0), (0, 0)]), 'noted', None, 'GEOM_ZERO_AREA|GEOM_UNREPAIRABLE', record=10000.0)
shape('null', 'no shape', None, 'noted', None, 'ROW_NO_GEOMETRY', record=10000.0)
shape('empty', 'POLYGON EMPTY', 'POLYGON EMPTY', 'noted', None, 'ROW_NO_GEOMETRY', record=10000.0)
shape('empty-part', 'MULTIPOLYGON with an empty part', f'MULTIPOLYGON(({at(*UNIT)}),EMPTY)', 'right', 10000.0, kind=ogr.wkbMultiPolygon)
shape('nan', 'a coordinate that is no number', raw(UNIT[:2] + [(math.nan, 100)] + UNIT[2:]), 'noted', None, 'COORD_NOT_FINITE', record=10000.0)
shape('infinite', 'an infinite coordinate', raw(UNIT[:2] + [(math.inf, 100)] + UNIT[2:]), 'noted', None, 'COORD_NOT_FINITE', record=10000.0)
shape('hole-nan', 'a hole with a coordinate that is no number', raw(UNIT, [(10, 10), (10, math.nan), (20, 20), (10, 10)]), 'noted', None, 'COORD_NOT_FINITE', record=10000.0)
shape('z', 'heights', lambda: lifted(ogr.wkbPolygon25D), 'noted', 10000.0, notes='GEOM_Z_DROPPED', kind=ogr.wkbPolygon25D)
shape('m', 'measures', lambda: lifted(ogr.wkbPolygonM), 'noted', 10000.0, notes='GEOM_Z_DROPPED', kind=ogr.wkbPolygonM)
shape('zm', 'heights and measures', lambda: lifted(ogr.wkbPolygonZM), 'noted', 10000.0, notes='GEOM_Z_DROPPED', kind=ogr.wkbPolygonZM)
shape('z-nan', 'heights that are no numbers: the plan is good', lambda: lifted(ogr.wkbPolygon25D, math.nan), 'noted', 10000.0, notes='GEOM_Z_DROPPED', kind=ogr.wkbPolygon25D)


def lifted(kind, z=12.5):
    g = ogr.CreateGeometryFromWkt(f'POLYGON({at(*UNIT)})')
    g.Set3D(kind != ogr.wkbPolygonM)
    g.SetMeasured(kind != ogr.wkbPolygon25D)
    for i in range(5):
        x, y, _ = g.GetGeometryRef(0).GetPoint(i)
        g.GetGeometryRef(0).SetPoint(i, x, y, z) if kind == ogr.wkbPolygon25D else g.GetGeometryRef(0).SetPointZM(i, x, y, z, z)
    return g


CX, CY = X0 + 290, Y0 + 170
CIRCLE = f'CIRCULARSTRING({CX - 50} {CY},{CX} {CY + 50},{CX + 50} {CY},{CX} {CY - 50},{CX - 50} {CY})'
shape('circle', 'a circle of radius 50 m as a curve', f'CURVEPOLYGON({CIRCLE})', 'noted', math.pi * 2500, notes='GEOM_CURVE', kind=ogr.wkbCurvePolygon, near=1e-3)
shape('compound-curve', 'a half circle on a square: sides and an arc',
      f'CURVEPOLYGON(COMPOUNDCURVE(({CX - 50} {CY},{CX - 50} {CY - 40},{CX + 50} {CY - 40},{CX + 50} {CY}),CIRCULARSTRING({CX + 50} {CY},{CX} {CY + 50},{CX - 50} {CY})))', 'noted',
      4000 + math.pi * 1250, notes='GEOM_CURVE', kind=ogr.wkbCurvePolygon, near=1e-3)
shape('multi-surface', 'a multi-surface with a curve', f'MULTISURFACE(CURVEPOLYGON({CIRCLE}))', 'noted', math.pi * 2500, notes='GEOM_CURVE', kind=ogr.wkbMultiSurface, near=1e-3)
shape('multipart', 'two parts', f'MULTIPOLYGON(({at(*box(0, 0, 40, 100))}),({at(*box(60, 0, 40, 100))}))', 'noted', 8000.0, notes='GEOM_MULTIPART', kind=ogr.wkbMultiPolygon)
shape('parts-share-side', 'two parts with a common side', f'MULTIPOLYGON(({at(*box(0, 0, 50, 100))}),({at(*box(50, 0, 50, 100))}))', 'noted', 10000.0, 'GEOM_INVALID', kind=ogr.wkbMultiPolygon)
shape('parts-overlap', 'two parts over each other count once', f'MULTIPOLYGON(({at(*box(0, 0, 60, 100))}),({at(*box(40, 0, 60, 100))}))', 'noted', 10000.0, 'GEOM_INVALID', kind=ogr.wkbMultiPolygon)
shape('part-in-part', 'a part inside another counts once', f'MULTIPOLYGON(({at(*UNIT)}),({at(*box(40, 40, 20, 20))}))', 'noted', 10000.0, 'GEOM_INVALID', kind=ogr.wkbMultiPolygon)
shape('part-in-hole', 'an island in the hole of another part', f'MULTIPOLYGON(({at(*UNIT)},{at(*reversed(box(20, 20, 60, 60)))}),({at(*box(40, 40, 20, 20))}))', 'noted', 6800.0, notes='GEOM_MULTIPART',
      kind=ogr.wkbMultiPolygon)
shape('collection', 'a collection that holds one polygon', f'GEOMETRYCOLLECTION(POLYGON({at(*UNIT)}))', 'noted', 10000.0, 'GEOM_COLLECTION', kind=ogr.wkbUnknown)
shape('collection-line', 'a collection of a polygon and a line: the polygon is used, and told', f'GEOMETRYCOLLECTION(POLYGON({at(*UNIT)}),LINESTRING{at((0, 0), (300, 300))})', 'noted', 10000.0,
      'GEOM_COLLECTION', kind=ogr.wkbUnknown)
shape('collection-lines', 'a collection without a polygon', f'GEOMETRYCOLLECTION(LINESTRING{at((0, 0), (300, 300))})', 'noted', None, 'ROW_NOT_POLYGON|ROW_OTHER_KIND|ROW_NO_GEOMETRY', kind=ogr.wkbUnknown,
      record=10000.0)
shape('point', 'a point among polygons', f'POINT({CX} {CY})', 'noted', None, 'ROW_NOT_POLYGON|ROW_OTHER_KIND', kind=ogr.wkbUnknown, record=10000.0)
shape('line', 'a closed line among polygons', f'LINESTRING{at(*UNIT)}', 'noted', None, 'ROW_NOT_POLYGON|ROW_OTHER_KIND', kind=ogr.wkbUnknown, record=10000.0)
shape('many-vertices', '100,000 vertices', lambda: ring_of(100000), 'right', 50 * 50 * 100000 / 2 * math.sin(2 * math.pi / 100000), near=1e-9)
shape('far-vertex', 'one vertex 1e300 m away', raw(UNIT[:2] + [(1e300, 1e300)] + UNIT[2:]), 'noted', None, 'COORD_NOT_FINITE|COORD_MISPLACED', record=10000.0)
shape('digit-lost', 'one parcel with a digit lost in its eastings: 300 km from the others', f'POLYGON(({",".join(f"{(x + X0 + AT[0]) // 10} {y + Y0 + AT[1]}" for x, y in UNIT)}))', 'noted', None, 'COORD_MISPLACED',
      record=10000.0)
shape('swapped-row', 'one row with X and Y swapped: set aside, the others stay right', f'POLYGON(({",".join(f"{y + Y0 + AT[1]} {x + X0 + AT[0]}" for x, y in UNIT)}))', 'noted', None, 'COORD_MISPLACED',
      record=10000.0)


def ring_of(n):
    g, r = ogr.Geometry(ogr.wkbPolygon), ogr.Geometry(ogr.wkbLinearRing)
    for i in range(n + 1):
        r.AddPoint_2D(CX + 50 * math.sin(2 * math.pi * (i % n) / n), CY + 50 * math.cos(2 * math.pi * (i % n) / n))
    g.AddGeometry(r)
    return g


add('shape-building-bow-tie', 'a building that crosses itself: two triangles of 450 m2', lambda p: p.building(3, geom=f'POLYGON({ring((250, 10), (280, 40), (280, 10), (250, 40), (250, 10))})'), 'noted',
    codes='GEOM_INVALID', cells={(3, 'footprint_m2'): 450.0, (3, 'floor_area_m2'): 2250.0}, changed=(3,))
add('shape-building-null', 'a building without a shape', lambda p: p.building(3, geom=None), 'noted', codes='ROW_NO_GEOMETRY ?BUILDING_NO_FLOORS', changed=(3,))
add('shape-building-point', 'buildings as points', lambda p: p.each('buildings', geom=lambda r: p.shape(r['geom']).Centroid()).gpkg('buildings', kind=ogr.wkbPoint), 'refused', err=('buildings.gpkg', 'polygon'))
add('shape-zone-bow-tie', 'a zone drawn as a bow tie', lambda p: p.rows['zones'].append(dict(geom=f'POLYGON({ring((500, 0), (600, 100), (600, 0), (500, 100), (500, 0))})', PQMC='东片区')), 'noted',
    codes='GEOM_INVALID')
add('shape-parcels-lines', 'parcels as lines', lambda p: p.each('parcels', geom=lambda r: p.shape(r['geom']).Boundary()).gpkg(kind=ogr.wkbLineString), 'refused', err=('parcels.gpkg', 'polygon'))
add('shape-parcels-points', 'parcels as points', lambda p: p.each('parcels', geom=lambda r: p.shape(r['geom']).Centroid()).gpkg(kind=ogr.wkbPoint), 'refused', err=('parcels.gpkg', 'polygon'))
add('shape-all-null', 'no parcel has a shape', lambda p: p.each('parcels', geom=None).drop('zones', 'buildings'), 'noted', codes='ROW_NO_GEOMETRY', only=('area_recorded_m2', 'output_wan'))
add('shape-shp-null', 'a null shape in a shapefile', lambda p: p.parcel(6, geom=None).shp(cpg='UTF-8'), 'noted', codes='ROW_NO_GEOMETRY', changed=(6,))
add('shape-shp-z', 'a shapefile of kind PolygonZ', lambda p: p.shp(cpg='UTF-8', kind=ogr.wkbPolygon25D), 'noted', notes='GEOM_Z_DROPPED')
add('shape-several', 'five rows spoilt in five ways, one good', lambda p: p.parcel(1, geom=None).parcel(2, geom='POLYGON EMPTY').parcel(3, geom=f'POLYGON({ring((240, 0), (290, 50), (340, 100), (240, 0))})')
    .parcel(4, geom=f'POLYGON({ring((0, 120), (100, 220), (100, 120), (0, 220), (0, 120))})', ZDMJ=5000.0).parcel(6, geom=f'LINESTRING{at(*UNIT)}').drop('buildings').gpkg(kind=ogr.wkbUnknown), 'noted',
    codes='ROW_NO_GEOMETRY GEOM_ZERO_AREA GEOM_INVALID ROW_NOT_POLYGON|ROW_OTHER_KIND', changed=(1, 2, 3, 6), cells={(4, 'area_planar_m2'): 5000.0}, only=('area_planar_m2', 'output_wan'))
