#!/usr/bin/python3
"""check.py PARCELS.geojson: mujun's answer against reference-2000.csv (PostGIS), column by column, within the tolerances of compare.py."""
import csv
import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


def tolerances():
    """TOL of compare.py, read and not imported: that file runs when imported."""
    text = open(os.path.join(HERE, 'compare.py'), encoding='utf-8').read()
    return eval(re.search(r'^TOL = (\{.*?\})$', text, re.S | re.M).group(1))


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
    tol, bad = tolerances(), 0
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
            if not same(c['reference'], r[c['reference']], got, tol):
                out += 1
                example = example or f"{r['parcel_id']}: reference {r[c['reference']]}, here {got}"
        if out:
            print(f"{c['reference']} ({c['mujun']}): {out} of {len(reference)} outside the tolerance; {example}")
        bad += out
    print('agrees with the reference' if not bad else f'{bad} values differ')
    sys.exit(bad > 0)


main()
