"""The job in GeoPandas 0.12 with shapely 1.8, as Debian 12 has them, in a folder where data/ is what gen.py wrote. That shapely works on one geometry
at a time under Python's lock, so there is nothing for a second thread."""
import geopandas as gpd
import pandas as pd
import pyproj
from shapely.geometry.polygon import orient
from shapely.prepared import prep

import common


def pieces(outer, inner):
    """Pairs of two lists of shapes that have ground in common, with its area."""
    tree, out = gpd.GeoSeries(inner).sindex, []
    for i, shape in enumerate(outer):
        near = tree.query(shape)
        ready = prep(shape) if len(near) else None
        for j in near:
            area = inner[j].area if ready.covers(inner[j]) else shape.intersection(inner[j]).area
            if area > 0:
                out.append((i, j, area))
    return pd.DataFrame(out, columns=['outer', 'inner', 'area'])


def main():
    parcels, buildings, zones = (gpd.read_file(f'data/{n}.gpkg') for n in ('parcels', 'buildings', 'zones'))
    rows = pd.read_csv('data/enterprises.csv', usecols=['credit_code', 'parcel_id', 'output_wan', 'tax_wan', 'year'])
    enterprises = rows[rows.year == 2024].groupby('parcel_id').agg(
        ent_n=('credit_code', 'nunique'), output_wan=('output_wan', 'sum'), tax_wan=('tax_wan', 'sum'))
    shape = list(parcels.geometry)

    over = pieces(shape, list(buildings.geometry))
    over['floor'] = over.area * buildings.floors.to_numpy()[over.inner]
    built = over.groupby('outer').agg(bld_n=('area', 'size'), bld_area=('area', 'sum'), gfa=('floor', 'sum'))
    shares = pieces(list(zones.geometry), shape)
    best = shares.sort_values('area', ascending=False, kind='stable').drop_duplicates('inner').set_index('inner')

    geo = list(parcels.geometry.to_crs(4326))
    d = pd.DataFrame(parcels.drop(columns='geometry'))
    d['start_due'] = pd.to_datetime(d.start_due).dt.strftime('%Y-%m-%d')
    d['area_m2'] = parcels.geometry.area
    d['area_geo_m2'] = common.geodesic(pyproj.Geod(ellps='GRS80'), map(orient, geo))
    d['zone'] = best.outer.map(zones.zone)
    d = common.figures(d.join(built).join(enterprises, on='parcel_id'))
    common.write(d, common.texts(geo))


main()
