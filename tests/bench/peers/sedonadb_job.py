"""The job in SedonaDB, in a folder where data/ is what gen.py wrote. Its ST_Area knows the plane and the sphere: the ellipsoid comes from pyproj,
and the file from shapely and pandas, as in geopandas_job.py."""
import os

import pandas as pd
import pyarrow.csv
import pyproj
import sedona.db
import shapely

import common


def main():
    sd = sedona.db.connect()
    for name in ('parcels', 'buildings', 'zones'):
        sd.read_pyogrio(f'data/{name}.gpkg').to_memtable().to_view(name)
    sd.create_data_frame(pyarrow.csv.read_csv('data/enterprises.csv')).to_view('enterprises')
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'sedonadb.sql'), encoding='utf-8') as f:
        answer = sd.sql(f.read()).to_pandas()
    geo = answer.geometry.to_numpy()
    d = pd.DataFrame(answer.drop(columns='geometry'))
    d['start_due'] = pd.to_datetime(d.start_due).dt.strftime('%Y-%m-%d')
    d['area_geo_m2'] = common.geodesic(pyproj.Geod(ellps='GRS80'), shapely.orient_polygons(geo))
    common.write(common.figures(d), shapely.to_geojson(geo))


main()
