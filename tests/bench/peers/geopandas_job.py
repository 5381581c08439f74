"""The job in GeoPandas with shapely 2, in a folder where data/ is what gen.py wrote. What shapely does without Python's lock runs on two threads."""
from concurrent.futures import ThreadPoolExecutor

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely

import common


def split(function, *arrays):
    """function on halves of the arrays, one thread each."""
    middle = len(arrays[0]) // 2
    with ThreadPoolExecutor(2) as pool:
        return np.concatenate(list(pool.map(function, *([a[:middle], a[middle:]] for a in arrays))))


def shared(a, b):
    """Areas of a[i] in common with b[i]; what a covers whole needs no intersection."""
    whole = shapely.covers(a, b)
    out = np.where(whole, shapely.area(b), 0)
    out[~whole] = shapely.area(shapely.intersection(a[~whole], b[~whole]))
    return out


def main():
    parcels, buildings, zones = (gpd.read_file(f'data/{n}.gpkg', engine='pyogrio', use_arrow=True) for n in ('parcels', 'buildings', 'zones'))
    rows = pd.read_csv('data/enterprises.csv', usecols=['credit_code', 'parcel_id', 'output_wan', 'tax_wan', 'year'])
    shape = parcels.geometry.to_numpy()
    shapely.prepare(shape)

    with ThreadPoolExecutor(1) as pool:  # the join of enterprises beside the overlay
        joined = pool.submit(lambda: rows[rows.year == 2024].groupby('parcel_id').agg(
            ent_n=('credit_code', 'nunique'), output_wan=('output_wan', 'sum'), tax_wan=('tax_wan', 'sum')))
        b, p = parcels.sindex.query(buildings.geometry, predicate='intersects')
        area = split(shared, shape[p], buildings.geometry.to_numpy()[b])
        pieces = pd.DataFrame({'p': p, 'area': area, 'floor': area * buildings.floors.to_numpy()[b]})[area > 0]
        built = pieces.groupby('p').agg(bld_n=('area', 'size'), bld_area=('area', 'sum'), gfa=('floor', 'sum'))
        enterprises = joined.result()

    outline = zones.geometry.to_numpy()
    shapely.prepare(outline)
    z, p = parcels.sindex.query(outline, predicate='intersects')
    shares = pd.DataFrame({'p': p, 'zone': zones.zone.to_numpy()[z], 'area': split(shared, outline[z], shape[p])})
    zone = shares[shares.area > 0].sort_values('area', ascending=False, kind='stable').drop_duplicates('p').set_index('p').zone

    geo = parcels.geometry.to_crs(4326).to_numpy()
    d = pd.DataFrame(parcels.drop(columns='geometry'))
    d['start_due'] = pd.to_datetime(d.start_due).dt.strftime('%Y-%m-%d')
    d['area_m2'] = shapely.area(shape)
    d['area_geo_m2'] = split(lambda g: common.geodesic(pyproj.Geod(ellps='GRS80'), g), shapely.orient_polygons(geo))
    d['zone'] = zone
    d = common.figures(d.join(built).join(enterprises, on='parcel_id'))
    common.write(d, split(shapely.to_geojson, geo))


main()
