"""What the jobs in Python share: the columns of the answer, figures worked out from joined facts, geodesic areas, the GeoJSON file and the zone summary."""
import json

COLUMNS = ('parcel_id land_use recorded_area far_cap start_due started zone area_m2 area_geo_m2 area_mu bld_n bld_area gfa density far headroom '
           'ent_n output_wan tax_wan output_per_mu tax_per_mu idle inefficient').split()
SUMS = 'area_mu gfa headroom output_wan tax_wan idle inefficient'.split()


def figures(d):
    """Adds to a data frame with areas, bld_n, bld_area, gfa, ent_n, output_wan, tax_wan (missing where nothing joined) what follows from them."""
    for c in ('bld_n', 'bld_area', 'gfa', 'ent_n', 'output_wan', 'tax_wan'):
        d[c] = d[c].fillna(0)
    d['area_mu'] = d.area_geo_m2 * 15 / 10000
    d['density'], d['far'] = d.bld_area / d.area_m2, d.gfa / d.area_m2
    d['headroom'] = (d.far_cap - d.far).clip(lower=0) * d.area_m2
    d['output_per_mu'], d['tax_per_mu'] = d.output_wan / d.area_mu, d.tax_wan / d.area_mu
    d['idle'] = ((d.start_due.fillna('9999') < '2024-12-31') & (d.started == 0) | (d.bld_n == 0) & (d.ent_n == 0)).astype(int)
    d['inefficient'] = ((d.tax_per_mu < 10) | (d.far < 0.6 * d.far_cap)).astype(int)
    return d


def geodesic(geod, polygons):
    """Areas on the ellipsoid of polygons in degrees, shells counter-clockwise and holes clockwise."""
    return [abs(geod.geometry_area_perimeter(g)[0]) for g in polygons]


def write(d, shapes):
    """parcels.geojson and zones.csv; shapes are the geometries as GeoJSON texts, in the order of the rows."""
    rows = d[COLUMNS].to_json(orient='records', lines=True, double_precision=15, force_ascii=False).splitlines()
    with open('parcels.geojson', 'w', encoding='utf-8') as f:
        f.write('{"type":"FeatureCollection","features":[\n')
        f.write(',\n'.join('{"type":"Feature","properties":%s,"geometry":%s}' % pair for pair in zip(rows, shapes)))
        f.write('\n]}\n')
    summary(d)


def summary(d):
    """zones.csv"""
    zones = d.groupby('zone')
    out = zones[SUMS].sum()
    out.insert(0, 'parcels', zones.size())
    out.to_csv('zones.csv')


def texts(geometries):
    """GeoJSON texts of shapely geometries, for a shapely that has no writer of its own."""
    return [json.dumps(g.__geo_interface__) for g in geometries]
