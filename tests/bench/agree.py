#!/usr/bin/python3
"""agree.py A B [DATA_DIR] : do two answers of the bench's job agree, parcel by parcel, column by column, within TOLERANCE? Exit 1 when not.

A and B are folders with parcels.geojson (and zones.csv), GeoJSON files, or the reference-2000.csv of PostGIS (no shapes). mujun's columns are
mapped by columns.csv. The peers add footprints up; mujun counts ground once that several buildings cover: where only that differs,
the union is taken by GEOS from DATA_DIR."""
import array
import collections
import csv
import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
# column: greatest difference, as a number and as a share of the value; columns that are not here are equal
TOLERANCE = {
    'area_m2': (1e-3, 1e-7), 'area_geo_m2': (.02, 2e-6), 'area_mu': (3e-5, 2e-6), 'bld_area': (1e-2, 1e-6), 'gfa': (5e-2, 1e-6), 'headroom': (.1, 1e-5),
    'density': (1e-6, 1e-6), 'far': (1e-5, 1e-6), 'output_wan': (1e-3, 1e-9), 'tax_wan': (1e-3, 1e-9), 'output_per_mu': (1e-2, 2e-6),
    'tax_per_mu': (1e-3, 2e-6), 'recorded_area': (1e-6, 0), 'far_cap': (1e-9, 0)}
GEODESIC = {'area_geo_m2', 'area_mu', 'output_per_mu', 'tax_per_mu'}
LOOSE = 1e-5  # the share for GEODESIC of a tool whose ellipsoidal area is less exact (SpatiaLite: 4.6e-6)
DEGREES = 1.5e-7  # of coordinates
# zone summary: the column, how mujun's heading begins, greatest difference as a number (its file has two decimals) and as a share
ZONES = (('parcels', 'parcels', 0, 0), ('area_mu', 'area, assigned (mu', .01, 2e-6), ('gfa', 'floor area (', .02, 1e-6), ('headroom', 'headroom (', .02, 1e-6),
         ('output_wan', 'output (', .01, 1e-9), ('tax_wan', 'tax (', .01, 1e-9), ('idle', 'suspected idle', 0, 0), ('inefficient', 'inefficient', 0, 0))
Answer = collections.namedtuple('Answer', 'columns rows shapes zones ours')


def mapping():
    """reference column -> mujun's name, and the numbers of its words."""
    with open(os.path.join(HERE, 'columns.csv'), encoding='utf-8') as f:
        return {r['reference']: (r['mujun'], dict(p.split('=') for p in r['values'].split('|')) if r['values'] else {}) for r in csv.DictReader(f)}


def features(path):
    """The features of a GeoJSON file with one a line."""
    with open(path, encoding='utf-8') as f:
        for line in f:
            line = line.strip().strip(',')
            if line.startswith('{') and '"Feature"' in line[:40].replace(' ', ''):
                yield json.loads(line[:-2] if line.endswith('}]}') else line)


def flat(geometry):
    """x, y of all vertices in their order, without those that close a ring."""
    parts = geometry['coordinates'] if geometry['type'] == 'MultiPolygon' else [geometry['coordinates']]
    return array.array('d', [c for part in parts for ring in part for point in ring[:-1] for c in point[:2]])


def same_place(s, t):
    """Whether two shapes have the same vertices; rings may start elsewhere or run the other way round."""
    if len(s) != len(t) or all(abs(a - b) <= DEGREES for a, b in zip(s, t)):
        return len(s) == len(t)
    others = list(zip(t[::2], t[1::2]))
    return all(any(abs(x - u) <= DEGREES and abs(y - v) <= DEGREES for u, v in others) for x, y in zip(s[::2], s[1::2]))


def zones_of(path, ours):
    """zone -> values in the order of ZONES; none without the file."""
    if not os.path.exists(path):
        return {}
    with open(path, encoding='utf-8-sig', newline='') as f:
        lines = list(csv.DictReader(f))
    names = [next((h for h in lines[0] if h.startswith(z[1])), z[1]) if ours else z[0] for z in ZONES]
    return {r['zone']: [float(r[n] or 0) for n in names] for r in lines if not (ours and r['zone'] == 'park')}


def load(path):
    """The Answer in a folder or file."""
    names = mapping()
    columns = list(names)
    if path.endswith('.csv'):
        with open(path, encoding='utf-8') as f:
            return Answer(columns, {r['parcel_id']: [r[c] for c in columns] for r in csv.DictReader(f)}, {}, {}, False)
    folder = path if os.path.isdir(path) else os.path.dirname(path)
    rows, shapes, ours = {}, {}, None
    for feature in features(os.path.join(path, 'parcels.geojson') if os.path.isdir(path) else path):
        p = feature['properties']
        if ours is None:
            ours = 'area_planar_m2' in p
        if ours:
            rows[p['parcel_id']] = [words.get(p.get(name), p.get(name)) if words else p.get(name) for name, words in names.values()]
        else:
            rows[p['parcel_id']] = [p.get(c) for c in columns]
        shapes[p['parcel_id']] = flat(feature['geometry'])
    files = (os.path.join(folder, f) for f in ('zones.csv', os.path.join('tables', 'zones.csv')))
    return Answer(columns, rows, shapes, zones_of(next((f for f in files if os.path.exists(f)), ''), ours), ours)


def near(a, b, absolute, share):
    return abs(a - b) <= absolute + share * max(abs(a), abs(b))


def same(column, a, b, loose):
    """Whether two values agree; an absent number counts as 0, a date with slashes as one with dashes."""
    if column in TOLERANCE:
        absolute, share = TOLERANCE[column]
        return near(float(a or 0), float(b or 0), absolute, LOOSE if loose and column in GEODESIC else share)
    if a == b:
        return True
    try:
        return float(a) == float(b)
    except (TypeError, ValueError):
        return str(a or '').replace('/', '-')[:10] == str(b or '').replace('/', '-')[:10]


def unions(data, wanted):
    """parcel_id -> ground that buildings cover, of the parcels wanted."""
    from osgeo import ogr
    parcels, houses = (ogr.Open(os.path.join(data, name)) for name in ('parcels.gpkg', 'buildings.gpkg'))
    found = {}
    for parcel in parcels.GetLayer(0):
        if parcel['parcel_id'] in wanted:
            layer, union = houses.GetLayer(0), ogr.Geometry(ogr.wkbPolygon)
            layer.SetSpatialFilter(parcel.GetGeometryRef())
            for house in layer:
                union = union.Union(house.GetGeometryRef())
            found[parcel['parcel_id']] = union.Intersection(parcel.GetGeometryRef()).GetArea()
    return found


def differences(a, b, loose=False, data=None):
    """What does not agree between two Answers, as lines; empty when all does."""
    said = []
    if a.rows.keys() != b.rows.keys():
        said.append(f'parcels differ: {len(a.rows.keys() - b.rows.keys())} only in the first, {len(b.rows.keys() - a.rows.keys())} only in the second')
    out, example, once = collections.Counter(), {}, {}
    column = {name: i for i, name in enumerate(a.columns)}
    for key in a.rows.keys() & b.rows.keys():
        for name, x, y in zip(a.columns, a.rows[key], b.rows[key]):
            if not same(name, x, y, loose):
                if a.ours != b.ours and name in ('bld_area', 'density') and data:
                    once[key] = (a if a.ours else b).rows[key]
                    continue
                out[name] += 1
                example.setdefault(name, f'{key}: {x}, {y}')
    for key, area in (unions(data, once) if once else {}).items():
        row = once[key]
        for name, value in (('bld_area', area), ('density', area / row[column['area_m2']])):
            if not same(name, value, row[column[name]], loose):
                out[name] += 1
                example.setdefault(name, f'{key}: union {value}, mujun {row[column[name]]}')
    said += [f'{name}: {n} of {len(a.rows)} differ; {example[name]}' for name, n in out.items()]
    moved = sum(not same_place(a.shapes[k], b.shapes[k]) for k in a.shapes.keys() & b.shapes.keys())
    said += [f'coordinates: {moved} shapes differ'] if moved else []
    if a.zones and b.zones:
        said += [f'zone {zone}, {z[0]}: {x}, {y}' for zone in a.zones.keys() | b.zones.keys()
                 for z, x, y in zip(ZONES, a.zones.get(zone, [0] * len(ZONES)), b.zones.get(zone, [0] * len(ZONES)))
                 if not near(x, y, z[2], LOOSE if loose and z[0] in GEODESIC else z[3])]
    return said


def main():
    a, b = load(sys.argv[1]), load(sys.argv[2])
    said = differences(a, b, data=sys.argv[3] if len(sys.argv) > 3 else None)
    print('\n'.join(said) or f'{len(a.rows)} parcels agree')
    sys.exit(bool(said))


if __name__ == '__main__':
    main()
