#!/usr/bin/python3
"""check.py PARCELS.geojson DATA_DIR: mujun's answer against reference-2000.csv (PostGIS), column by column, within the tolerances of compare.py.

The reference adds the footprints up; ours count ground once that several buildings cover. Where the two differ, the union is taken here by GEOS."""
import csv
import json
import os
import re
import sys

from osgeo import ogr

HERE = os.path.dirname(os.path.abspath(__file__))


def tolerances():
    """TOL of compare.py, read and not imported: that file runs when imported."""
    text = open(os.path.join(HERE, 'compare.py'), encoding='utf-8').read()
    return eval(re.search(r'^TOL = (\{.*?\})$', text, re.S | re.M).group(1))


class Covered:
    """Ground of a parcel that buildings cover, of the layers the job read."""

    def __init__(self, folder):
        self.parcels, self.buildings = (ogr.Open(os.path.join(folder, name)) for name in ('parcels.gpkg', 'buildings.gpkg'))

    def area(self, parcel_id):
        layer, houses = self.parcels.GetLayer(0), self.buildings.GetLayer(0)
        layer.SetAttributeFilter(f"parcel_id = '{parcel_id}'")
        feature = layer.GetNextFeature()  # owns its geometry
        parcel = feature.GetGeometryRef().Clone()
        houses.SetSpatialFilter(parcel)
        union = ogr.Geometry(ogr.wkbPolygon)
        for house in houses:
            union = union.Union(house.GetGeometryRef())
        return union.Intersection(parcel).GetArea()


def same(column, want, got, tol):
    if column in tol:
        a, b = float(want or 0), float(got or 0)
        return abs(a - b) <= tol[column][0] + tol[column][1] * max(abs(a), abs(b))
    try:
        return float(want) == float(got)
    except (TypeError, ValueError):
        return (want or None) == (got or None)


def main():
    columns = list(csv.DictReader(open(os.path.join(HERE, 'columns.csv'), encoding='utf-8')))
    reference = list(csv.DictReader(open(os.path.join(HERE, 'reference-2000.csv'), encoding='utf-8')))
    features = json.load(open(sys.argv[1], encoding='utf-8'))['features']
    ours = {f['properties']['parcel_id']: f['properties'] for f in features}
    tol, bad, unions, covered = tolerances(), 0, 0, Covered(sys.argv[2])
    if len(features) != len(reference) or set(ours) != {r['parcel_id'] for r in reference}:
        print(f'parcels differ: {len(features)} here, {len(reference)} in the reference')
        bad += 1
    for c in columns:
        words = dict(pair.split('=') for pair in c['values'].split('|')) if c['values'] else {}
        out, example = 0, ''
        for r in reference:
            p = ours.get(r['parcel_id'], {})
            if c['mujun'] not in p:
                out, example = out + 1, 'no such column'
                continue
            got = words.get(p[c['mujun']], p[c['mujun']]) if words else p[c['mujun']]
            want = r[c['reference']]
            if c['reference'] in ('bld_area', 'density') and not same(c['reference'], want, got, tol):
                want = covered.area(r['parcel_id']) / (float(r['area_m2']) if c['reference'] == 'density' else 1)
                unions += 1
            if not same(c['reference'], want, got, tol):
                out += 1
                example = example or f"{r['parcel_id']}: reference {r[c['reference']]}, here {got}"
        if out:
            print(f"{c['reference']} ({c['mujun']}): {out} of {len(reference)} outside the tolerance; {example}")
        bad += out
    print(f'{unions} values of overlapping buildings compared with the union')
    print('agrees with the reference' if not bad else f'{bad} values differ')
    sys.exit(bad > 0)


main()
