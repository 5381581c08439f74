"""Parcels, zones and buildings against each other. Limits by rules/checks.yaml: overlaps from 0.01 m2, slivers up to 0.5 m, gaps up to 1 m, buildings at least half on parcels."""
from build import pid, rect, ring
from cases import FITTED, add


def parcel7(p, geom, area, code=None):
    p.rows['parcels'].append(dict(p.rows['parcels'][5], geom=geom, ZDDM=code or pid(7), ZDMJ=float(area)))
    return p


def building(p, *geoms, floors=3):
    p.rows['buildings'] += [dict(geom=g, JZBH=f'c{i}', CS=floors) for i, g in enumerate(geoms)]
    return p


def places(code, n, area=None):
    """The checks layer says where: n places of that code."""
    def look(answer, say):
        found = [c for c in answer.checks if c['code'] == code]
        if len(found) != n:
            say(f'checks: {len(found)} places of {code}, expected {n}')
        if area is not None and found and 'area_m2' in found[0] and abs(sum(c['area_m2'] for c in found) - area) > 1e-6:
            say(f"checks: {code} {[c['area_m2'] for c in found]} m2, expected {area}")
    return look


add('topo-touching', 'parcels that share a side', lambda p: p.parcel(2, geom=rect(100, 0, 120, 100), ZDMJ=12000.0), 'right', changed=(2,))
add('topo-noise', 'sides that differ by a tenth of a micrometre', lambda p: p.parcel(2, geom=rect(99.9999999, 0, 120.0000001, 100), ZDMJ=12000.0), 'right', changed=(2,))
add('topo-overlap', 'parcels 1 and 2 overlap by 10 m x 100 m', lambda p: p.parcel(2, geom=rect(90, 0, 130, 100), ZDMJ=13000.0), 'noted', codes='PARCELS_OVERLAP AREA_COUNTED_TWICE', changed=(2,),
    cells={(1, 'area_planar_m2'): 10000.0, (2, 'area_planar_m2'): 13000.0}, check=places('PARCELS_OVERLAP', 1, 1000.0))
add('topo-overlap-three', 'three parcels over each other: three pairs', lambda p: p.parcel(2, geom=rect(50, 0, 170, 100), ZDMJ=17000.0).parcel(3, geom=rect(80, 0, 260, 100), ZDMJ=26000.0), 'noted',
    codes='PARCELS_OVERLAP AREA_COUNTED_TWICE BUILDING_COUNTED_TWICE', changed=(1, 2, 3), check=places('PARCELS_OVERLAP', 3), cells={(3, 'area_planar_m2'): 26000.0})
add('topo-finger', 'an overlap of 5 cm x 100 m', lambda p: p.parcel(2, geom=rect(99.95, 0, 120.05, 100), ZDMJ=12005.0), 'noted', codes='PARCELS_SLIVER AREA_COUNTED_TWICE', changed=(2,), check=places('PARCELS_SLIVER', 1, 5.0))
add('topo-nested', 'parcel 7 lies inside parcel 6', lambda p: parcel7(p, rect(250, 130, 30, 30), 900), 'noted', codes='PARCELS_NESTED AREA_COUNTED_TWICE', cells={(7, 'area_planar_m2'): 900.0, (6, 'area_planar_m2'): 10000.0},
    check=places('PARCELS_NESTED', 1, 900.0))
add('topo-nested-hole', 'parcel 7 lies in the hole of parcel 6: as it should', lambda p: parcel7(p.parcel(6, geom=f'POLYGON({ring((240, 120), (240, 220), (340, 220), (340, 120), (240, 120))},'
    f'{ring((250, 130), (280, 130), (280, 160), (250, 160), (250, 130))})', ZDMJ=9100.0), rect(250, 130, 30, 30), 900), 'right', cells={(7, 'area_planar_m2'): 900.0, (6, 'area_planar_m2'): 9100.0})
add('topo-duplicate', 'parcel 7 is parcel 6 once more', lambda p: parcel7(p, rect(240, 120, 100, 100), 10000), 'noted', codes='PARCELS_DUPLICATE AREA_COUNTED_TWICE', cells={(7, 'area_planar_m2'): 10000.0},
    check=places('PARCELS_DUPLICATE', 1))
add('topo-duplicate-row', 'the row of parcel 6 stands twice, code and all', lambda p: parcel7(p, rect(240, 120, 100, 100), 10000, pid(6)), 'noted', codes='PARCELS_DUPLICATE ID_DUPLICATE AREA_COUNTED_TWICE', changed=(6,))
add('topo-duplicate-started-elsewhere', 'the same boundary begun at another vertex', lambda p: parcel7(p, f'POLYGON({ring((340, 220), (340, 120), (240, 120), (240, 220), (340, 220))})', 10000), 'noted',
    codes='PARCELS_DUPLICATE AREA_COUNTED_TWICE')
add('topo-id-twice', 'one code on two parcels that lie apart: its figures go to neither', lambda p: p.parcel(6, ZDDM=pid(5)), 'noted', codes='ID_DUPLICATE JOIN_DUPLICATE_PARCEL', changed=(5, 6))
add('topo-id-missing', 'a parcel without a code', lambda p: p.parcel(6, ZDDM=None), 'noted', codes='ID_MISSING', changed=(6,))
add('topo-gap', 'a gap of 30 cm between parcels 1 and 2', lambda p: p.parcel(2, geom=rect(100.3, 0, 119.7, 100), ZDMJ=11970.0), 'noted', notes='PARCELS_GAP', changed=(2,), check=places('PARCELS_GAP', 1, 30.0))
add('topo-road', 'a way of 4 m between them is no gap', lambda p: p.parcel(2, geom=rect(104, 0, 116, 100), ZDMJ=11600.0), 'right', changed=(2,))
add('topo-outside', 'a parcel outside every zone', lambda p: parcel7(p, rect(1000, 0, 100, 100), 10000), 'noted', codes='PARCEL_OUTSIDE_ZONES', cells={(7, 'zone'): None})
add('topo-partly-outside', 'a parcel with 40 % outside', lambda p: parcel7(p, rect(360, -10, 50, 100), 5000), 'noted', codes='PARCEL_PARTLY_OUTSIDE', cells={(7, 'zone'): '南片区', (7, 'zone_share'): 0.6})
add('topo-zones-overlap', 'zones that overlap', lambda p: p.rows['zones'].append(dict(geom=rect(-10, 90, 400, 40), PQMC='重叠片区')), 'noted', codes='ZONES_OVERLAP', only=('area_planar_m2', 'output_wan'))
add('topo-building-off', 'a building on no parcel', lambda p: building(p, rect(102, 10, 15, 15)), 'noted', codes='BUILDING_OFF_PARCEL',
    but=FITTED)  # it stands near, and keeps factories off
add('topo-building-mostly-off', 'a building with a third on a parcel', lambda p: building(p, rect(335, 150, 15, 10)), 'noted', codes='BUILDING_OFF_PARCEL', cells={(6, 'footprint_m2'): 50.0}, changed=(6,))
add('topo-building-wall', "a building whose wall stands 10 cm over the border", lambda p: building(p, rect(300.1, 180, 40, 20)), 'right', changed=(6,), cells={(6, 'footprint_m2'): 798.0})
add('topo-building-two-parcels', 'a building over two parcels that touch: its floor area by its shares', lambda p: building(p.parcel(2, geom=rect(100, 0, 120, 100), ZDMJ=12000.0), rect(90, 70, 40, 10)), 'right',
    cells={(1, 'footprint_m2'): 2600.0, (2, 'footprint_m2'): 2700.0, (1, 'floor_area_m2'): 7800.0, (2, 'floor_area_m2'): 5700.0})
add('topo-stacked', 'a tower on a podium: the ground is covered once', lambda p: building(p, rect(20, 20, 20, 20)), 'noted', notes='BUILDINGS_STACKED',
    cells={(1, 'footprint_m2'): 2500.0, (1, 'coverage'): 0.25})
add('topo-stacked-part', 'two buildings that overlap in 10 m x 20 m', lambda p: building(p, rect(50, 20, 30, 20)), 'noted', codes='BUILDINGS_OVERLAP',
    cells={(1, 'footprint_m2'): 2900.0, (1, 'coverage'): 0.29})
add('topo-building-twice', 'the same building twice', lambda p: building(p, rect(10, 10, 50, 50)), 'noted', codes='BUILDINGS_DUPLICATE', cells={(1, 'footprint_m2'): 2500.0}, changed=(1,))
add('topo-buildings-touch', 'buildings wall to wall', lambda p: building(p, rect(60, 10, 20, 50)), 'right', cells={(1, 'footprint_m2'): 3500.0, (1, 'floor_area_m2'): 10500.0})
add('topo-buildings-elsewhere', 'all buildings lie beside the park: no figure is 0 for that', lambda p: p.move('buildings', lambda x, y: (x + 2000, y)), 'noted', codes='BUILDINGS_MISS_PARCELS',
    cells={(i, 'floor_area_m2'): None for i in range(1, 7)}, changed=range(1, 7))
add('topo-building-no-floors', 'a building without storeys', lambda p: p.building(1, CS=None), 'noted', codes='BUILDING_NO_FLOORS', cells={(1, 'floor_area_m2'): None, (1, 'footprint_m2'): 2500.0})
add('topo-all-at-once', 'an overlap, a gap, a nested parcel and a building off in one park: all are told', lambda p: building(parcel7(p.parcel(2, geom=rect(90, 0, 130, 100), ZDMJ=13000.0)
    .parcel(5, geom=rect(100.3, 120, 119.7, 100), ZDMJ=11970.0), rect(250, 130, 30, 30), 900), rect(225, 10, 10, 10)), 'noted',
    codes='PARCELS_OVERLAP PARCELS_NESTED BUILDING_OFF_PARCEL AREA_COUNTED_TWICE', notes='PARCELS_GAP', changed=(2, 5))
