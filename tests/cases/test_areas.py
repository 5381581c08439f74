#!/usr/bin/python3
"""test_areas.py MUJUN: the three areas of 1,000 random parcels through the whole program, against three programs that share nothing with it.

planar       the shoelace in exact fractions; within 1e-9
ellipsoidal  geographiclib's polygon area: of the same vertices, within 2e-7; of the projected edges densified, within 2e-7 where none is over 500 m
图斑          the rules of 国土调查办发〔2008〕32号 with an inverse Gauss series and area series of this file, not PROJ; equal at 0.01 m2
and the worked parcels of 图斑椭球面积 near 118.55 E 24.91 N. Exit 77 (skipped) where geographiclib is not installed."""
import json
import math
import os
import random
import subprocess
import sys
import tempfile
from fractions import Fraction

from osgeo import ogr

import park

try:
    from geographiclib.geodesic import Geodesic
except ImportError:
    print('skipped: python3-geographiclib is not installed')
    sys.exit(77)

MUJUN = os.path.abspath(sys.argv[1])
CGCS2000 = Geodesic(6378137.0, 1 / 298.257222101)
DENSE_M = 20  # between so close points a geodesic and a line on the projection plane are the same to 1e-6 m
LONG_M = 500  # a geodesic of two kilometres leaves the projected line by decimetres at the border of a zone
SYSTEMS = {4527: (39, True), 4528: (40, True), 4548: (39, False), 4549: (40, False)}  # 3-degree zone, with its number before the easting
SECOND = math.pi / 648000
failures = []


def inverse_gauss(x_north, y_east):
    """Latitude and longitude from the central meridian in radians; y without prefix and false easting. Helmert's series of the footpoint latitude
    and Thomas's inverse (DMA TM 8358.2, 1989), at 150 km good to 1e-7 m. The coefficients K0..K4 that the rule prints put every latitude 1e-4 m
    south: the area does not feel it, but B rounded to 1e-6 second (3e-5 m) falls the other way, 0.02 m2 on a parcel of square kilometres."""
    n = 1 / (2 * 298.257222101 - 1)
    mu = x_north / (6378137 / (1 + n) * (1 + n ** 2 / 4 + n ** 4 / 64))
    b = mu + sum(c * math.sin(2 * k * mu) for k, c in enumerate((
        3 * n / 2 - 27 * n ** 3 / 32 + 269 * n ** 5 / 512, 21 * n ** 2 / 16 - 55 * n ** 4 / 32, 151 * n ** 3 / 96 - 417 * n ** 5 / 128,
        1097 * n ** 4 / 512, 8011 * n ** 5 / 2560), 1))
    c, ep2 = 6399593.625864023, 0.006739496775478858  # polar radius of curvature and second eccentricity squared
    t, eta2 = math.tan(b), ep2 * math.cos(b) ** 2
    v2 = 1 + eta2
    q = y_east * math.sqrt(v2) / c
    t2, t4, n2, n4, n6 = t ** 2, t ** 4, eta2, eta2 ** 2, eta2 ** 3
    lat = b - v2 * t * (q ** 2 / 2 - (5 + 3 * t2 + n2 - 4 * n4 - 9 * n2 * t2) * q ** 4 / 24
                        + (61 + 90 * t2 + 46 * n2 + 45 * t4 - 252 * t2 * n2 - 3 * n4 + 100 * n6 - 66 * t2 * n4 - 90 * t4 * n2 + 225 * t4 * n4 + 84 * t2 * n6) * q ** 6 / 720
                        - (1385 + 3633 * t2 + 4095 * t4 + 1575 * t2 * t4) * q ** 8 / 40320)
    lon = (q - (1 + 2 * t2 + n2) * q ** 3 / 6 + (5 + 6 * n2 + 28 * t2 - 3 * n4 + 8 * t2 * n2 + 24 * t4 - 4 * n6 + 4 * t2 * n4 + 24 * t2 * n6) * q ** 5 / 120
           - (61 + 662 * t2 + 1320 * t4 + 720 * t2 * t4) * q ** 7 / 5040) / math.cos(b)
    return lat, lon


def half_up(v, per_unit):
    return math.floor(v * per_unit + 0.5) / per_unit


def densified(ring, longest):
    """Edges longer than `longest` in equal pieces; no closing vertex."""
    out = []
    for (x0, y0), (x1, y1) in zip(ring, ring[1:]):
        n = max(1, math.ceil(math.hypot(x1 - x0, y1 - y0) / longest))
        out += [(x0 + (x1 - x0) * k / n, y0 + (y1 - y0) * k / n) for k in range(n)]
    return out


def geographic(points, zone, prefixed):
    return [inverse_gauss(y, x - 500000 - (zone * 1000000 if prefixed else 0)) for x, y in points]


def tuban_ring(ring, zone, prefixed):
    b_axis, e2 = 6356752.31414036, 0.0066943800229
    a = 1 + 3 / 6 * e2 + 30 / 80 * e2 ** 2 + 35 / 112 * e2 ** 3 + 630 / 2304 * e2 ** 4
    b = 1 / 6 * e2 + 15 / 80 * e2 ** 2 + 21 / 112 * e2 ** 3 + 420 / 2304 * e2 ** 4
    c = 3 / 80 * e2 ** 2 + 7 / 112 * e2 ** 3 + 180 / 2304 * e2 ** 4
    d = 1 / 112 * e2 ** 3 + 45 / 2304 * e2 ** 4
    e = 5 / 2304 * e2 ** 4
    points = [(half_up(x, 1e4), half_up(y, 1e4)) for x, y in densified(ring, 70)]
    points = [(half_up(lat / SECOND, 1e6) * SECOND, half_up(lon / SECOND, 1e6) * SECOND) for lat, lon in geographic(points, zone, prefixed)]
    total, lon0 = 0.0, points[0][1]
    for (b1, l1), (b2, l2) in zip(points, points[1:] + points[:1]):
        dl, db, bm = (l1 + l2) / 2 - lon0, b2 - b1, (b1 + b2) / 2
        total += 2 * b_axis ** 2 * dl * (a * math.sin(db / 2) * math.cos(bm) - b * math.sin(3 * db / 2) * math.cos(3 * bm) + c * math.sin(5 * db / 2) * math.cos(5 * bm)
                                         - d * math.sin(7 * db / 2) * math.cos(7 * bm) + e * math.sin(9 * db / 2) * math.cos(9 * bm))
    return abs(total)


def geodesic_ring(ring, longest, zone, prefixed):
    polygon = CGCS2000.Polygon()
    for lat, lon in geographic(densified(ring, longest), zone, prefixed):
        polygon.AddPoint(math.degrees(lat), math.degrees(lon) + 3 * zone)
    return abs(polygon.Compute()[2])


def planar_ring(ring):
    exact = [(Fraction(x), Fraction(y)) for x, y in ring]
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(exact, exact[1:]))) / 2


def of_parcel(ring_area, rings, *system):
    return ring_area(rings[0], *system) - sum(ring_area(r, *system) for r in rings[1:])


def star(chance, x, y, radius):
    """A star-shaped ring of 5 to 12 corners in millimetres, closed."""
    n = chance.randint(5, 12)
    ring = []
    for k in range(n):
        t, d = 2 * math.pi * (k + 0.6 * chance.random()) / n, radius * chance.uniform(0.6, 1)
        ring.append((round(x + d * math.cos(t), 3), round(y + d * math.sin(t), 3)))
    return ring + ring[:1]


def parcels_of(chance, zone, prefixed, n):
    """From about 1,000 m2 to 10 km2; half of them where the two zones meet in Quanzhou, half over the whole zone; a third with a hole."""
    out = []
    for k in range(n):
        radius = 10 ** chance.uniform(1.5, 3.3)
        x = chance.uniform(645000, 660000) if zone == 39 else chance.uniform(350000, 365000)
        y = chance.uniform(2750000, 2765000)
        if k % 2:
            x, y = chance.uniform(352000, 648000), chance.uniform(2300000, 3200000)
        x += zone * 1000000 if prefixed else 0
        rings = [star(chance, x, y, radius)]
        if k % 3 == 0:
            rings.append(star(chance, x, y, radius * 0.15))
        out.append(rings)
    return out


def wkt(rings):
    return 'POLYGON(' + ','.join('(' + ','.join(f'{x!r} {y!r}' for x, y in r) + ')' for r in rings) + ')'


def measured(folder, code, parcels):
    """The three areas of each parcel as the program writes them."""
    park.layer(os.path.join(folder, f'{code}.gpkg'), 'parcels', park.system(code), [('ZDDM', ogr.OFTString)], [(wkt(p), f'P{i:05}') for i, p in enumerate(parcels)])
    out = os.path.join(folder, f'out{code}')
    subprocess.run([MUJUN, 'analyze', '--parcels', f'{code}.gpkg', '--as-of', '2026-03-31', '-o', out, '--only', 'geojson', '--quiet', '--lang', 'en'], cwd=folder, check=True, timeout=300)
    with open(os.path.join(out, 'parcels.geojson'), encoding='utf-8') as f:
        rows = [feature['properties'] for feature in json.load(f)['features']]
    assert [r['parcel_id'] for r in rows] == [f'P{i:05}' for i in range(len(parcels))]
    return rows


def random_parcels(folder):
    chance = random.Random(20080032)
    planar, same_points, shorter, longer, tuban, to_the_cent = [], [], [], [], [], 0
    for code, system in SYSTEMS.items():
        parcels = parcels_of(chance, *system, 250)
        for rings, row in zip(parcels, measured(folder, code, parcels)):
            exact = of_parcel(planar_ring, rings)
            planar.append(abs(float((Fraction(row['area_planar_m2']) - exact) / exact)))
            same_points.append(abs(row['area_ellipsoid_m2'] / of_parcel(geodesic_ring, rings, math.inf, *system) - 1))
            longest = max(math.dist(a, b) for a, b in zip(rings[0], rings[0][1:]))
            (longer if longest > LONG_M else shorter).append(abs(row['area_ellipsoid_m2'] / of_parcel(geodesic_ring, rings, DENSE_M, *system) - 1))
            by_rule = half_up(of_parcel(tuban_ring, rings, *system), 100)
            tuban.append(abs(row['area_tuban_m2'] - by_rule))
            to_the_cent += row['area_tuban_m2'] == by_rule
    print(f'{len(planar)} parcels, {len(longer)} with edges over {LONG_M} m: planar {max(planar):.1e}; ellipsoidal {max(same_points):.1e}, densified {max(shorter):.1e}, '
          f'with long edges {max(longer):.1e}; tuban {max(tuban):.4f} m2, {to_the_cent} the same to the cent')
    for what, ok in (('1000 parcels of both kinds', len(planar) == 1000 and len(longer) > 200 and len(shorter) > 200), ('planar within 1e-9', max(planar) <= 1e-9),
                     ('ellipsoidal within 2e-7', max(same_points) <= 2e-7), ('densified within 2e-7', max(shorter) <= 2e-7), ('long edges within 1e-6', max(longer) <= 1e-6),
                     ('tuban equal at 0.01 m2', max(tuban) < 0.0101 and to_the_cent >= 995)):
        if not ok:
            failures.append(what)


def worked_examples(folder):
    """Worked once with PROJ's inverse and once by this file; the row is the shell less its hole."""
    shell = [(40353505.762, 2756865.542), (40353712.431, 2756889.107), (40353731.995, 2757023.664), (40353688.214, 2757101.338), (40353540.118, 2757084.446), (40353489.330, 2756990.271)]
    hole = [(40353590.0, 2756950.0), (40353640.0, 2756955.5), (40353636.5, 2756999.25), (40353588.25, 2756994.75)]
    large = [(40353000, 2756000), (40355000, 2756100), (40354900, 2758200), (40352950, 2758000)]
    shell, hole, large = (r + r[:1] for r in (shell, hole, large))
    folder = os.path.join(folder, 'worked')
    os.mkdir(folder)
    rows = measured(folder, 4528, [[shell], [hole], [shell, hole], [large]])
    for row, rings, tuban, planar in zip(rows, ([shell], [hole], [shell, hole], [large]), (45757.58, 2185.75, 43571.83, 4057863.24), (45781.790790, 2186.906250, 43594.8845, 4060000.00)):
        mine = half_up(of_parcel(tuban_ring, rings, 40, True), 100)
        if abs(row['area_tuban_m2'] - tuban) > 1e-6 or abs(mine - tuban) > 1e-6 or abs(row['area_planar_m2'] - planar) > 5e-5:
            failures.append(f"worked example {row['parcel_id']}: {row['area_tuban_m2']}, {row['area_planar_m2']} and {mine}, want {tuban}, {planar}")


with tempfile.TemporaryDirectory(prefix='mujun-areas-') as work:
    worked_examples(work)
    random_parcels(work)
for f in failures:
    print(f)
print('areas hold' if not failures else f'{len(failures)} failed')
sys.exit(bool(failures))
