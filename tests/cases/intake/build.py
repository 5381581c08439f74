"""build.py: a small clean park, and the tools that deliver it as bureaus do. A case changes rows or the way a layer is written.

Six parcels of 100 m x 100 m, four buildings, two zones, five enterprises in three years; every figure of it follows from these lines by hand."""
import os
import struct
import zipfile

from osgeo import gdal, ogr, osr

gdal.UseExceptions()
gdal.PushErrorHandler('CPLQuietErrorHandler')  # what is written here is meant to be doubtful
X0, Y0 = 353500.0, 2756800.0  # EPSG:4549 (CGCS2000, central meridian 120): Licheng, Quanzhou
CREDIT = '0123456789ABCDEFGHJKLMNPQRTUWXY'  # GB 32100-2015: 31 characters, no I O Z S V
TEXT, NUMBER, WHOLE = ogr.OFTString, ogr.OFTReal, ogr.OFTInteger


def pid(i):
    return f'350502001001GB{i:05d}'


def credit(i):
    """A valid code with the organisation number i; its own check digit by GB 11714, the last by GB 32100-2015."""
    inner = 11 - sum(int(d) * w for d, w in zip(f'{i:08d}', (3, 7, 9, 10, 5, 8, 4, 2))) % 11
    body = f'91350502{i:08d}' + {10: 'X', 11: '0'}.get(inner, str(inner))
    total = sum(CREDIT.index(c) * pow(3, k, 31) for k, c in enumerate(body))
    return body + CREDIT[(31 - total % 31) % 31]


def system(code=4549):
    srs = osr.SpatialReference()
    srs.SetFromUserInput(f'EPSG:{code}' if isinstance(code, int) else code)
    srs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return srs


def ring(*points, x0=X0, y0=Y0):
    return '(' + ','.join(f'{x + x0!r} {y + y0!r}' for x, y in points) + ')'


def box(x, y, w, h):
    """Clockwise, as shapefiles keep it: the last bit of an area hangs on where the sum begins."""
    return (x, y), (x, y + h), (x + w, y + h), (x + w, y), (x, y)


def rect(x, y, w, h):
    return f'POLYGON({ring(*box(x, y, w, h))})'


PLACES = [(0, 0), (120, 0), (240, 0), (0, 120), (120, 120), (240, 120)]
LAYERS = ('parcels', 'zones', 'buildings')


class Park:
    """Rows are dicts of field: value, with 'geom' as WKT, an ogr geometry or None. `fields` keeps the order and type of the columns."""

    def __init__(self, folder):
        self.folder, self.rows, self.fields, self.files, self.options, self.delivered = folder, {}, {}, {}, [], {}
        self.rows['parcels'] = [dict(geom=rect(x, y, 100, 100), ZDDM=pid(i + 1), DLBM='100101', ZDMJ=10000.0, GHRJL=2.0, QLR=f'泉州示例{"甲乙丙丁戊己"[i]}有限公司')
                                for i, (x, y) in enumerate(PLACES)]
        self.fields['parcels'] = {'ZDDM': TEXT, 'DLBM': TEXT, 'ZDMJ': NUMBER, 'GHRJL': NUMBER, 'QLR': TEXT}
        self.rows['zones'] = [dict(geom=rect(-10, -10, 400, 120), PQMC='南片区'), dict(geom=rect(-10, 110, 400, 300), PQMC='北片区')]
        self.fields['zones'] = {'PQMC': TEXT}
        self.rows['buildings'] = [dict(geom=rect(*b[1:]), JZBH=b[0], CS=c) for b, c in
                                  ((('b1', 10, 10, 50, 50), 3), (('b2', 130, 10, 60, 40), 2), (('b3', 250, 10, 30, 30), 5), (('b4', 20, 150, 60, 20), 2))]
        self.fields['buildings'] = {'JZBH': TEXT, 'CS': WHOLE}
        self.table = ['统一社会信用代码', '企业名称', '宗地代码', '年份', '产值（万元）', '税收（万元）']
        self.rows['enterprises'] = [[credit(i), f'泉州示例{"甲乙丙丁戊"[i - 1]}有限公司', pid(i), year, 1000 * i, 40 * i] for year in (2023, 2024, 2025) for i in range(1, 6)]

    # ---- rows ----

    def parcel(self, i, **values):
        self.rows['parcels'][i - 1].update(values)
        return self

    def building(self, i, **values):
        self.rows['buildings'][i - 1].update(values)
        return self

    def each(self, role, **values):
        """values may be functions of the row."""
        for row in self.rows[role]:
            row.update({k: v(row) if callable(v) else v for k, v in values.items()})
        return self

    def column(self, role, name, kind=TEXT, values=None):
        """A new column, or another type of an old one."""
        self.fields[role][name] = kind
        for row, value in zip(self.rows[role], values or []):
            row[name] = value
        return self

    def texts(self, role, name, **changed):
        """The column as texts, `p1='180%'` for row 1."""
        for i, row in enumerate(self.rows[role], 1):
            row[name] = changed.get(f'p{i}', None if row.get(name) is None else str(row[name]))
        self.fields[role][name] = TEXT
        return self

    def rename(self, role, old, new):
        self.fields[role] = {new if k == old else k: v for k, v in self.fields[role].items()}
        for row in self.rows[role]:
            row[new] = row.pop(old, None)
        return self

    def drop(self, *roles):
        for role in roles:
            self.rows.pop(role)
        return self

    def firm(self, i, **values):
        """Row i of the enterprise table (1..15: 2023, 2024, 2025 by parcel); keys code name parcel year output tax."""
        names = ('code', 'name', 'parcel', 'year', 'output', 'tax')
        for k, v in values.items():
            self.rows['enterprises'][i - 1][names.index(k)] = v
        return self

    # ---- geometry ----

    @staticmethod
    def shape(value):
        if value is None or isinstance(value, ogr.Geometry):
            return value
        return ogr.CreateGeometryFromWkt(value)

    def move(self, role, change):
        """Every point through change(x, y)."""
        def visit(g):
            for i in range(g.GetGeometryCount()):
                visit(g.GetGeometryRef(i))
            for i in range(g.GetPointCount() if not g.GetGeometryCount() else 0):
                g.SetPoint_2D(i, *change(g.GetX(i), g.GetY(i)))
        for row in self.rows[role]:
            row['geom'] = self.shape(row['geom'])
            visit(row['geom'])
        return self

    def project(self, role, to, base=4549):
        op = osr.CoordinateTransformation(system(base), system(to))
        return self.move(role, lambda x, y: op.TransformPoint(x, y)[:2])

    # ---- files ----

    def path(self, name):
        return os.path.join(self.folder, name)

    def save(self, role, name, driver, srs, layer=None, kind=ogr.wkbPolygon, options=()):
        ds = ogr.GetDriverByName(driver).CreateDataSource(self.path(name))
        ly = ds.CreateLayer(layer or role, system(srs) if srs else None, kind, list(options))
        for field, t in self.fields[role].items():
            ly.CreateField(ogr.FieldDefn(field, t))
        for row in self.rows[role]:
            f = ogr.Feature(ly.GetLayerDefn())
            for field in self.fields[role]:
                if row.get(field) is not None:
                    f.SetField(field, row[field])
            g = self.shape(row['geom'])
            if g is not None:
                f.SetGeometry(g)
            ly.CreateFeature(f)
        self.files[role], self.delivered[role] = name, len(self.rows[role])
        return self

    def gpkg(self, role='parcels', srs=4549, name=None, layer=None, kind=ogr.wkbPolygon):
        return self.save(role, name or role + '.gpkg', 'GPKG', srs, layer, kind)

    def geojson(self, role='parcels', srs=4326):
        return self.save(role, role + '.geojson', 'GeoJSON', srs, options=['COORDINATE_PRECISION=12'])

    def shp(self, role='parcels', text='utf-8', cpg=None, ldid=0, srs=4549, prj=None, kind=ogr.wkbPolygon, names=None, width=60):
        """Shapes by GDAL; the .dbf by hand, in any encoding and with any claim about it."""
        keep, self.fields[role] = self.fields[role], {}
        self.save(role, role + '.shp', 'ESRI Shapefile', srs if prj is None else None, kind=kind)
        self.fields[role] = keep
        columns = list(keep)
        dbf(self.path(role + '.dbf'), [(names or {}).get(c, c) for c in columns], [[r.get(c) for c in columns] for r in self.rows[role]], text, ldid, width)
        if prj is not None:
            self.write(role + '.prj', prj)
        if os.path.exists(self.path(role + '.cpg')):
            os.remove(self.path(role + '.cpg'))
        return self.write(role + '.cpg', cpg) if cpg is not None else self

    def write(self, name, content, encoding='utf-8'):
        with open(self.path(name), 'wb') as f:
            f.write(content if isinstance(content, bytes) else content.encode(encoding))
        return self

    def cut(self, name, size):
        """Truncate: to `size` bytes, or by them when negative."""
        with open(self.path(name), 'r+b') as f:
            f.truncate(size if size >= 0 else os.path.getsize(self.path(name)) + size)
        return self

    def patch(self, name, at, content):
        with open(self.path(name), 'r+b') as f:
            f.seek(at)
            f.write(content)
        return self

    def lines(self, delimiter=','):
        return [delimiter.join(str(c) if c is not None else '' for c in row) for row in [self.table] + self.rows['enterprises']]

    def csv(self, text='utf-8', delimiter=',', end='\n', bom=b'', edit=None, name='enterprises.csv'):
        lines = self.lines(delimiter)
        if edit:
            lines = edit(lines)
        self.files['enterprises'], self.delivered['enterprises'] = name, len(self.rows['enterprises'])
        return self.write(name, bom + end.join(lines + ['']).encode(text))

    def xlsx(self, before=(), as_text=False, header=None, merged=(), sheets=None, name='enterprises.xlsx'):
        rows = list(before) + [header or self.table] + self.rows['enterprises']
        self.files['enterprises'], self.delivered['enterprises'] = name, len(self.rows['enterprises'])
        workbook(self.path(name), sheets or {'Sheet1': rows}, as_text, merged)
        return self

    def zip(self, name, members, role='parcels'):
        with zipfile.ZipFile(self.path(name), 'w') as z:
            for inside, file in members.items():
                z.write(self.path(file), inside)
        self.files[role] = name
        return self

    def finish(self):
        """What the case did not write is delivered clean."""
        for role in LAYERS:
            if role in self.rows and role not in self.files:
                self.gpkg(role)
        if 'enterprises' in self.rows and 'enterprises' not in self.files:
            self.csv()

    def arguments(self):
        return [a for role, name in self.files.items() for a in (f'--{role}', name)] + self.options


def dbf(path, names, rows, text, ldid, width):
    """dBASE III. Names are cut at 10 bytes, texts at `width`, as writers do; numbers are N 19.4."""
    def raw(v):
        return v if isinstance(v, bytes) else str(v).encode(text, 'replace')
    numeric = [any(isinstance(r[i], (int, float)) for r in rows) for i in range(len(names))]
    sizes = [19 if n else width for n in numeric]
    with open(path, 'wb') as f:
        f.write(struct.pack('<BBBBIHH17xBxx', 3, 126, 3, 31, len(rows), 33 + 32 * len(names), 1 + sum(sizes), ldid))
        for name, n, size in zip(names, numeric, sizes):
            f.write(struct.pack('<11sc4xBB14x', raw(name)[:10], b'N' if n else b'C', size, 4 if n else 0))
        f.write(b'\r')
        for r in rows:
            f.write(b' ')
            for v, n, size in zip(r, numeric, sizes):
                f.write(b' ' * size if v is None else f'{v:{size}.4f}'.encode() if n and not isinstance(v, bytes) else raw(v)[:size].ljust(size))
        f.write(b'\x1a')


def workbook(path, sheets, as_text, merged):
    """The least of an .xlsx: inline texts, numbers as numbers unless as_text, merged ranges such as 'A1:F1'."""
    def esc(v):
        return str(v).replace('&', '&amp;').replace('<', '&lt;')

    def cell(v, r, c):
        at = f'{chr(65 + c)}{r}'
        if v is None:
            return ''
        if as_text or isinstance(v, str):
            return f'<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{esc(v)}</t></is></c>'
        return f'<c r="{at}"><v>{v}</v></c>'

    xml, main = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>', 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
    doc, pack = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships', 'http://schemas.openxmlformats.org/package/2006'
    n = range(1, len(sheets) + 1)
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as z:
        kind = 'application/vnd.openxmlformats-officedocument.spreadsheetml.'
        z.writestr('[Content_Types].xml', f'{xml}<Types xmlns="{pack}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                   f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{kind}sheet.main+xml"/>'
                   + ''.join(f'<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="{kind}worksheet+xml"/>' for i in n) + '</Types>')
        z.writestr('_rels/.rels', f'{xml}<Relationships xmlns="{pack}/relationships"><Relationship Id="rId1" Type="{doc}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
        z.writestr('xl/workbook.xml', f'{xml}<workbook xmlns="{main}" xmlns:r="{doc}"><sheets>'
                   + ''.join(f'<sheet name="{esc(s)}" sheetId="{i}" r:id="rId{i}"/>' for i, s in zip(n, sheets)) + '</sheets></workbook>')
        z.writestr('xl/_rels/workbook.xml.rels', f'{xml}<Relationships xmlns="{pack}/relationships">'
                   + ''.join(f'<Relationship Id="rId{i}" Type="{doc}/worksheet" Target="worksheets/sheet{i}.xml"/>' for i in n) + '</Relationships>')
        for i, rows in zip(n, sheets.values()):
            body = ''.join(f'<row r="{r}">' + ''.join(cell(v, r, c) for c, v in enumerate(row)) + '</row>' for r, row in enumerate(rows, 1) if row)
            ranges = f'<mergeCells count="{len(merged)}">' + ''.join(f'<mergeCell ref="{m}"/>' for m in merged) + '</mergeCells>' if merged else ''
            z.writestr(f'xl/worksheets/sheet{i}.xml', f'{xml}<worksheet xmlns="{main}"><sheetData>{body}</sheetData>{ranges}</worksheet>')
