"""Reference systems: what the .prj says, what the coordinates say, and whether the layers lie together."""
from build import X0, Y0
from cases import add

MEASURED = ('area_ellipsoid_m2', 'area_recorded_m2', 'output_wan', 'zone', 'building_count')  # what no projection changes
LAYERS = ('parcels', 'zones', 'buildings')

GK = '''PROJCS["{name}",GEOGCS["{geo}",DATUM["{datum}",SPHEROID["{spheroid}",{a},{f}]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],
PROJECTION["{method}"],PARAMETER["False_Easting",{fe}],PARAMETER["False_Northing",{fn}],PARAMETER["Central_Meridian",{cm}],PARAMETER["Scale_Factor",1.0],
PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'''


def esri(name='CGCS2000_3_Degree_GK_CM_120E', geo='GCS_China_Geodetic_Coordinate_System_2000', datum='D_China_2000', spheroid='CGCS2000', a=6378137.0, f=298.257222101,
         method='Gauss_Kruger', fe=500000.0, fn=0.0, cm=120.0):
    return GK.format(**locals()).replace('\n', '')


CITY = esri('Quanzhou_City_Local', fe=50000.0, fn=-2700000.0, cm=118.5)
BURSA = '+proj=tmerc +lat_0=0 +lon_0=120 +k=1 +x_0=500000 +y_0=0 +a=6378140 +rf=298.257 +towgs84=0,0,0,0,0,0,0 +units=m +no_defs'


def shifted(p, roles, dx=0.0, dy=0.0):
    for role in roles:
        p.move(role, lambda x, y: (x + dx, y + dy))
    return p


def swapped(p, *roles):
    for role in roles:
        p.move(role, lambda x, y: (y, x))
    return p


def write(p, srs, *roles):
    for role in roles or LAYERS:
        p.gpkg(role, srs)
    return p


def moved(p, to, *roles):
    """Projected to another system and delivered in it."""
    for role in roles or LAYERS:
        p.project(role, to).gpkg(role, to)
    return p


add('crs-zone-40', 'EPSG:4528: the eastings carry the zone 40, as the system says', lambda p: write(shifted(p, LAYERS, 4e7), 4528), 'right', but=('area_tuban_m2',), near=1e-9)
add('crs-esri-cm', 'ESRI name CGCS2000_3_Degree_GK_CM_120E in the .prj', lambda p: p.shp(cpg='UTF-8', prj=esri()), 'right', notes='CRS_DATUM_ASSUMED_EQUAL')
add('crs-esri-zone', 'ESRI name CGCS2000_3_Degree_GK_Zone_40 in the .prj', lambda p: shifted(p, ['parcels'], 4e7).shp(cpg='UTF-8', prj=esri('CGCS2000_3_Degree_GK_Zone_40', fe=40500000.0)),
    'right', near=1e-9)
add('crs-esri-grs80', 'the same written with GRS 1980 and Transverse_Mercator', lambda p: p.shp(cpg='UTF-8', prj=esri(spheroid='GRS_1980', method='Transverse_Mercator')), 'right', near=1e-9)
add('crs-esri-degrees', 'GCS_China_Geodetic_Coordinate_System_2000 in the .prj', lambda p: p.project('parcels', 4490).shp(cpg='UTF-8', prj=
    'GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'),
    'noted', notes='CRS_DEGREES', near=1e-6, only=MEASURED)
add('crs-city', 'a city-local system: its own false easting, northing and meridian', lambda p: [p.project(r, CITY) and p.shp(r, cpg='UTF-8', prj=CITY) for r in LAYERS],
    'noted', notes='CRS_CUSTOM', near=1e-9, only=MEASURED)
add('crs-city-parcels', 'parcels in a city-local system, buildings and zones in CGCS2000', lambda p: p.project('parcels', CITY).shp(cpg='UTF-8', prj=CITY), 'noted',
    notes='CRS_CUSTOM', near=1e-6, only=MEASURED)
add('crs-six-degree', 'a belt of six degrees, 117 E', lambda p: moved(p, 4509), 'right', near=1e-9, only=MEASURED)
add('crs-utm', 'UTM 50N', lambda p: moved(p, 32650), 'right', near=1e-8, only=MEASURED)
add('crs-degrees', 'degrees, EPSG:4490', lambda p: moved(p, 4490), 'noted', notes='CRS_DEGREES', near=1e-6, only=MEASURED)
add('crs-geojson', 'GeoJSON in degrees, longitude first', lambda p: p.project('parcels', 4326).geojson(), 'noted', notes='CRS_DEGREES', near=1e-6, only=MEASURED)
add('crs-three-systems', 'parcels in 4549, buildings in degrees, zones in zone 39', lambda p: moved(moved(p, 4490, 'buildings'), 4527, 'zones'), 'noted', notes='CRS_REPROJECTED',
    near=1e-6)
add('crs-neighbour-belt', 'data of 118.6 E delivered in the belt of 117 E: legal, a kilometre over the border', lambda p: moved(p, 4548), 'noted', codes='CRS_OUTSIDE_AREA', near=1e-9,
    only=MEASURED)
add('crs-none', 'no .prj', lambda p: p.shp(cpg='UTF-8', srs=None), 'refused', err=('parcels.shp', '--crs'))
add('crs-none-buildings', 'no .prj beside the buildings only', lambda p: p.shp('buildings', srs=None), 'refused', err=('buildings.shp', '--crs'))
add('crs-none-option', 'no .prj, --crs EPSG:4549', lambda p: p.shp(cpg='UTF-8', srs=None), 'noted', notes='CRS_ASSIGNED', options=['--crs', 'EPSG:4549'])
add('crs-prj-empty', 'an empty .prj', lambda p: p.shp(cpg='UTF-8', prj=''), 'refused', err=('parcels.shp', '--crs'))
add('crs-prj-rubbish', 'a .prj that is no definition', lambda p: p.shp(cpg='UTF-8', prj='西安80坐标系'), 'refused', err=('parcels.shp',))
add('crs-prj-local', 'a .prj that says LOCAL_CS: no place on the earth', lambda p: p.shp(cpg='UTF-8', prj='LOCAL_CS["Quanzhou",UNIT["Meter",1]]'), 'refused', err=('parcels.shp', '--crs'))
add('crs-option-beside', '--crs EPSG:4548 is for layers that carry none; these say 4549', lambda p: p, 'right', options=['--crs', 'EPSG:4548'])
add('crs-option-unknown', '--crs EPSG:1', lambda p: p.shp(cpg='UTF-8', srs=None), 'refused', err=('EPSG:1',), options=['--crs', 'EPSG:1'])
add('crs-prefix-unsaid', 'zone 40 before the eastings, but the system is CM 120E without zone', lambda p: write(shifted(p, ['parcels'], 4e7), 4549, 'parcels'), 'noted',
    codes='CRS_ZONE_PREFIX', near=1e-9)
add('crs-prefix-all', 'the same in all layers', lambda p: write(shifted(p, LAYERS, 4e7), 4549), 'noted', codes='CRS_ZONE_PREFIX', near=1e-9)
add('crs-prefix-missing', 'the system is zone 40, the eastings are without it', lambda p: write(p, 4528, 'parcels'), 'noted', codes='CRS_ZONE_PREFIX', near=1e-9)
add('crs-prefix-buildings', 'only the buildings carry the zone', lambda p: write(shifted(p, ['buildings'], 4e7), 4549, 'buildings'), 'noted', codes='CRS_ZONE_PREFIX', near=1e-9)
add('crs-prefix-wrong', 'zone 39 before the eastings of a system of 120 E: which is wrong cannot be known', lambda p: write(shifted(p, ['parcels'], 3.9e7), 4549, 'parcels'), 'refused',
    err=('parcels', '39'))
add('crs-swapped', 'X north first, as Chinese surveys write it', lambda p: write(swapped(p, 'parcels'), 4549, 'parcels'), 'noted', codes='CRS_AXES_SWAPPED', near=1e-9)
add('crs-swapped-all', 'all layers X north first', lambda p: write(swapped(p, *LAYERS), 4549), 'noted', codes='CRS_AXES_SWAPPED', near=1e-9)
add('crs-swapped-buildings', 'the buildings X north first', lambda p: write(swapped(p, 'buildings'), 4549, 'buildings'), 'noted', codes='CRS_AXES_SWAPPED', near=1e-9)
add('crs-swapped-prefix', 'X north first and zone 40 before the eastings of a system that has no zone', lambda p: write(swapped(shifted(p, ['parcels'], 4e7), 'parcels'), 4549, 'parcels'), 'noted',
    codes='CRS_AXES_SWAPPED CRS_ZONE_PREFIX', near=1e-9)
add('crs-swapped-degrees', 'latitude first', lambda p: write(swapped(p.project('parcels', 4490), 'parcels'), 4490, 'parcels'), 'noted', codes='CRS_AXES_SWAPPED', notes='CRS_DEGREES',
    near=1e-6, only=MEASURED)
add('crs-degrees-as-metres', 'degrees in a layer that says metres', lambda p: write(p.project('parcels', 4490), 4549, 'parcels'), 'refused', err=('parcels', 'degree'))
add('crs-metres-as-degrees', 'metres in a layer that says degrees', lambda p: p.gpkg(srs=4490), 'refused', err=('parcels', 'degree', '353500'))
add('crs-far-buildings', 'buildings 300 km away: the wrong belt', lambda p: p.gpkg('buildings', 4548), 'refused', err=('buildings', 'parcels', 'km'))
add('crs-far-zones', 'zones in another province', lambda p: write(shifted(p, ['zones'], 0, 9e5), 4549, 'zones'), 'refused', err=('zones', 'parcels', 'km'))
add('crs-wrong-belt', 'parcels alone, of CM 117 but called CM 120', lambda p: write(p.project('parcels', 4548).drop('zones', 'buildings'), 4549, 'parcels'), 'noted', codes='CRS_OUTSIDE_AREA',
    only=('area_recorded_m2',))
add('crs-xian80', "parcels in Xi'an 80, buildings in CGCS2000: parameters are asked for", lambda p: p.gpkg(srs=2385), 'refused', err=('parcels|buildings|zones', 'datum_shift|towgs84'))
add('crs-beijing54', 'buildings in Beijing 54: parameters are asked for', lambda p: p.gpkg('buildings', 2437), 'refused', err=('buildings', 'datum_shift|towgs84'))
add('crs-xian80-parameters', "Xi'an 80 with its parameters, as +towgs84", lambda p: p.shp(cpg='UTF-8', srs=None), 'noted', notes='CRS_ASSIGNED', options=['--crs', BURSA], near=0.001, only=MEASURED)
add('crs-us-feet', 'US survey feet (EPSG:2263): lengths are converted', lambda p: write(p.drop('zones', 'buildings').move('parcels', lambda x, y: (980000 + (x - X0) * 3937 / 1200,
    195000 + (y - Y0) * 3937 / 1200)), 2263, 'parcels'), 'noted', notes='CRS_AXIS_UNIT', codes='?PARCEL_CODE_DIVISION', near=1e-9, only=('area_planar_m2', 'area_recorded_m2'))
add('crs-undefined-gpkg', 'a GeoPackage whose system is "undefined Cartesian"', lambda p: p.gpkg(srs='LOCAL_CS["Undefined Cartesian SRS",UNIT["Meter",1]]'), 'refused', err=('parcels.gpkg', '--crs'))
add('crs-vertical', 'a compound system with heights', lambda p: p.gpkg(srs='EPSG:4549+5737'), 'right')
add('crs-web', 'web Mercator, which stretches areas by 22 %: measured in a belt', lambda p: moved(p, 3857), 'noted', codes='CRS_DISTORTED', near=1e-6, only=MEASURED)
add('crs-xian80-all', "all layers in Xi'an 80: measured there, nothing in WGS 84", lambda p: [p.gpkg(r, 2385) for r in LAYERS], 'noted', codes='?CRS_SHIFT_MISSING', only=('area_planar_m2', 'area_recorded_m2', 'zone'))
add('crs-xian80-shift', "buildings in Xi'an 80, the parameters in park.yaml", lambda p: p.gpkg('buildings', 2385).write('park.yaml', 'datum_shift: [0, 0, 0]\n') and p.options.append('park.yaml'), 'noted',
    notes='CRS_SHIFT_GIVEN', near=0.01, but=('floor_area_m2', 'building_count'), only=('area_planar_m2', 'zone'))
