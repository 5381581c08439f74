-- The job in SpatiaLite: sqlite3 scratch.db < spatialite.sql, in a folder where data/ is what gen.py wrote. Reads the GeoPackages in place;
-- what it works out in between lies in a file: in memory that takes ten times the memory and as much time.
.bail on
.load mod_spatialite
.output /dev/null
PRAGMA journal_mode = off;
PRAGMA synchronous = off;
SELECT InitSpatialMetaData(1, 'NONE'), InsertEpsgSrid(4548), InsertEpsgSrid(4326), EnableGpkgAmphibiousMode();
.output
ATTACH 'data/parcels.gpkg' AS p;
ATTACH 'data/buildings.gpkg' AS b;
ATTACH 'data/zones.gpkg' AS z;
.import --csv data/enterprises.csv enterprise_rows

CREATE TABLE enterprises AS
  SELECT parcel_id, count(DISTINCT credit_code) AS ent_n, sum(CAST(output_wan AS REAL)) AS output_wan, sum(CAST(tax_wan AS REAL)) AS tax_wan
  FROM enterprise_rows WHERE year = '2024' GROUP BY parcel_id;
CREATE UNIQUE INDEX enterprises_key ON enterprises (parcel_id);

-- all of a building that its parcel covers needs no intersection; the parcel is prepared once for its buildings
CREATE TABLE built AS
  SELECT fid, count(*) AS bld_n, sum(area) AS bld_area, sum(area * floors) AS gfa
  FROM (
    SELECT p.fid AS fid, b.floors AS floors,
      CASE WHEN ST_Covers(p.geom, b.geom) = 1 THEN ST_Area(b.geom) ELSE ST_Area(ST_Intersection(p.geom, b.geom)) END AS area
    FROM p.rtree_parcels_geom AS pr
    JOIN p.parcels AS p ON p.fid = pr.id
    CROSS JOIN b.rtree_buildings_geom AS br ON br.maxx >= pr.minx AND br.minx <= pr.maxx AND br.maxy >= pr.miny AND br.miny <= pr.maxy
    JOIN b.buildings AS b ON b.fid = br.id)
  WHERE area > 0 GROUP BY fid;
CREATE UNIQUE INDEX built_key ON built (fid);

CREATE TABLE zoned AS
  SELECT fid, zone, max(area)
  FROM (
    SELECT p.fid AS fid, z.zone AS zone,
      CASE WHEN ST_Covers(z.geom, p.geom) = 1 THEN ST_Area(p.geom) ELSE ST_Area(ST_Intersection(z.geom, p.geom)) END AS area
    FROM z.zones AS z
    CROSS JOIN z.rtree_zones_geom AS zr ON zr.id = z.fid
    CROSS JOIN p.rtree_parcels_geom AS pr ON pr.maxx >= zr.minx AND pr.minx <= zr.maxx AND pr.maxy >= zr.miny AND pr.miny <= zr.maxy
    JOIN p.parcels AS p ON p.fid = pr.id)
  WHERE area > 0 GROUP BY fid;
CREATE UNIQUE INDEX zoned_key ON zoned (fid);

CREATE TABLE answer AS
  WITH placed AS MATERIALIZED (
    SELECT fid, ST_Transform(geom, 4326) AS geo, parcel_id, land_use, recorded_area, far_cap, start_due, started, ST_Area(geom) AS area_m2 FROM p.parcels),
  measured AS MATERIALIZED (SELECT *, ST_Area(geo, 1) AS area_geo_m2 FROM placed),
  joined AS MATERIALIZED (
    SELECT m.*, z.zone, area_geo_m2 * 15 / 10000 AS area_mu, coalesce(b.bld_n, 0) AS bld_n, coalesce(b.bld_area, 0) AS bld_area, coalesce(b.gfa, 0) AS gfa,
      coalesce(e.ent_n, 0) AS ent_n, coalesce(e.output_wan, 0) AS output_wan, coalesce(e.tax_wan, 0) AS tax_wan
    FROM measured AS m LEFT JOIN built AS b USING (fid) LEFT JOIN zoned AS z USING (fid) LEFT JOIN enterprises AS e USING (parcel_id))
  SELECT *, bld_area / area_m2 AS density, gfa / area_m2 AS far, max(0, far_cap - gfa / area_m2) * area_m2 AS headroom,
    output_wan / area_mu AS output_per_mu, tax_wan / area_mu AS tax_per_mu,
    (coalesce(start_due, '9999') < '2024-12-31' AND started = 0) OR (bld_n = 0 AND ent_n = 0) AS idle,
    tax_wan / area_mu < 10 OR gfa / area_m2 < 0.6 * far_cap AS inefficient
  FROM joined;

.mode list
.headers off
.output parcels.geojson
SELECT '{"type":"FeatureCollection","features":[';
SELECT iif(rowid = 1, '', ',') || '{"type":"Feature","properties":'
  || json_object('parcel_id', parcel_id, 'land_use', land_use, 'recorded_area', recorded_area, 'far_cap', far_cap, 'start_due', start_due, 'started', started,
    'zone', zone, 'area_m2', area_m2, 'area_geo_m2', area_geo_m2, 'area_mu', area_mu, 'bld_n', bld_n, 'bld_area', bld_area, 'gfa', gfa, 'density', density,
    'far', far, 'headroom', headroom, 'ent_n', ent_n, 'output_wan', output_wan, 'tax_wan', tax_wan, 'output_per_mu', output_per_mu, 'tax_per_mu', tax_per_mu,
    'idle', idle, 'inefficient', inefficient)
  || ',"geometry":' || AsGeoJSON(geo, 8) || '}'
FROM answer;
SELECT ']}';
.mode csv
.headers on
.output zones.csv
SELECT zone, count(*) AS parcels, sum(area_mu) AS area_mu, sum(gfa) AS gfa, sum(headroom) AS headroom, sum(output_wan) AS output_wan, sum(tax_wan) AS tax_wan,
  sum(idle) AS idle, sum(inefficient) AS inefficient
FROM answer GROUP BY zone ORDER BY zone;
