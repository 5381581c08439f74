"""A park of six rectangles on disk, for the end-to-end tests: make(folder, **changes) writes parcels.gpkg, buildings.gpkg, zones.gpkg, enterprises.csv."""
import os

from osgeo import gdal, ogr, osr

gdal.UseExceptions()
X0, Y0 = 353500.0, 2756800.0
PARCELS = [('350502001001GB00001', 0, 0, 100, 100), ('350502001001GB00002', 120, 0, 100, 100), ('350502001001GB00003', 240, 0, 100, 100),
           ('350502001001GB00004', 0, 120, 100, 100), ('350502001001GB00005', 120, 120, 100, 100), ('350502001001GB00006', 240, 120, 100, 100)]
BUILDINGS = [('b1', 10, 10, 50, 50, 3), ('b2', 130, 10, 60, 40, 2), ('b3', 250, 10, 30, 30, 5), ('b4', 90, 150, 60, 20, 2)]


def system(code=4549):
    srs = osr.SpatialReference()
    srs.ImportFromEPSG(code)
    srs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return srs


def rectangle(x, y, w, h, x0=X0, y0=Y0):
    x, y = x + x0, y + y0
    return f'POLYGON(({x} {y},{x + w} {y},{x + w} {y + h},{x} {y + h},{x} {y}))'


def layer(path, name, srs, fields, rows, kind=ogr.wkbPolygon, driver='GPKG'):
    """rows are (WKT or None, value, ...) with the fields (name, ogr type) in order."""
    ds = ogr.GetDriverByName(driver).CreateDataSource(path)
    ly = ds.CreateLayer(name, srs, kind)
    for n, t in fields:
        ly.CreateField(ogr.FieldDefn(n, t))
    for wkt, *values in rows:
        f = ogr.Feature(ly.GetLayerDefn())
        for i, v in enumerate(values):
            if v is not None:
                f.SetField(i, v)
        if wkt:
            f.SetGeometryDirectly(ogr.CreateGeometryFromWkt(wkt))
        ly.CreateFeature(f)
    return path


def make(folder, parcels=None, srs=None):
    srs = srs or system()
    rows = parcels if parcels is not None else [(rectangle(*p[1:]), p[0], '100101', 10000.0, 2.0) for p in PARCELS]
    layer(os.path.join(folder, 'parcels.gpkg'), 'parcels', srs, [('ZDDM', ogr.OFTString), ('DLBM', ogr.OFTString), ('ZDMJ', ogr.OFTReal), ('GHRJL', ogr.OFTReal)], rows)
    layer(os.path.join(folder, 'buildings.gpkg'), 'buildings', system(), [('JZBH', ogr.OFTString), ('CS', ogr.OFTInteger)],
          [(rectangle(*b[1:5]), b[0], b[5]) for b in BUILDINGS])
    layer(os.path.join(folder, 'zones.gpkg'), 'zones', system(), [('PQMC', ogr.OFTString)], [(rectangle(-10, -10, 400, 120), '南'), (rectangle(-10, 110, 400, 300), '北')])
    with open(os.path.join(folder, 'enterprises.csv'), 'w', encoding='utf-8') as f:
        f.write('统一社会信用代码,企业名称,宗地代码,年份,产值（万元）,税收（万元）\n')
        for year in (2023, 2024, 2025):
            for i, p in enumerate(PARCELS[:5]):
                f.write(f'{i},示例{i}有限公司,{p[0]},{year},{1000 * (i + 1)},{40 * (i + 1)}\n')
    return folder
