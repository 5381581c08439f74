-- The job in DuckDB with its extension "spatial", in a folder where data/ is what gen.py wrote; duckdb_job.py runs it.
SET preserve_insertion_order = true;
CREATE TABLE parcels AS SELECT row_number() OVER () AS fid, * FROM ST_Read('data/parcels.gpkg');
CREATE TABLE buildings AS SELECT floors, geom FROM ST_Read('data/buildings.gpkg');
CREATE TABLE zones AS SELECT zone, geom FROM ST_Read('data/zones.gpkg');
CREATE TABLE enterprises AS
  SELECT parcel_id, count(DISTINCT credit_code) AS ent_n, sum(output_wan) AS output_wan, sum(tax_wan) AS tax_wan
  FROM read_csv('data/enterprises.csv', header = true, types = {'parcel_id': 'VARCHAR', 'output_wan': 'DOUBLE', 'tax_wan': 'DOUBLE'})
  WHERE year = 2024 GROUP BY parcel_id;

CREATE TABLE built AS
  SELECT fid, count(*) AS bld_n, sum(area) AS bld_area, sum(area * floors) AS gfa
  FROM (SELECT p.fid, b.floors, ST_Area(ST_Intersection(p.geom, b.geom)) AS area FROM parcels AS p JOIN buildings AS b ON ST_Intersects(p.geom, b.geom))
  WHERE area > 0 GROUP BY fid;
CREATE TABLE zoned AS
  SELECT fid, arg_max(zone, area) AS zone
  FROM (
    SELECT p.fid, z.zone, CASE WHEN ST_Covers(z.geom, p.geom) THEN ST_Area(p.geom) ELSE ST_Area(ST_Intersection(z.geom, p.geom)) END AS area
    FROM parcels AS p JOIN zones AS z ON ST_Intersects(p.geom, z.geom))
  WHERE area > 0 GROUP BY fid;

CREATE TABLE answer AS
  WITH placed AS (SELECT *, ST_Transform(geom, 'EPSG:4548', 'EPSG:4326', always_xy := true) AS geo, ST_Area(geom) AS area_m2 FROM parcels),
  measured AS (SELECT *, ST_Area_Spheroid(ST_FlipCoordinates(geo)) AS area_geo_m2 FROM placed),
  joined AS (
    SELECT m.*, z.zone, area_geo_m2 * 15 / 10000 AS area_mu, coalesce(b.bld_n, 0) AS bld_n, coalesce(b.bld_area, 0) AS bld_area, coalesce(b.gfa, 0) AS gfa,
      coalesce(e.ent_n, 0) AS ent_n, coalesce(e.output_wan, 0) AS output_wan, coalesce(e.tax_wan, 0) AS tax_wan
    FROM measured AS m LEFT JOIN built AS b USING (fid) LEFT JOIN zoned AS z USING (fid) LEFT JOIN enterprises AS e USING (parcel_id))
  SELECT *, bld_area / area_m2 AS density, gfa / area_m2 AS far, greatest(0, far_cap - gfa / area_m2) * area_m2 AS headroom,
    output_wan / area_mu AS output_per_mu, tax_wan / area_mu AS tax_per_mu,
    (coalesce(start_due < DATE '2024-12-31', false) AND started = 0 OR bld_n = 0 AND ent_n = 0)::INT AS idle,
    (tax_wan / area_mu < 10 OR gfa / area_m2 < 0.6 * far_cap)::INT AS inefficient
  FROM joined;

-- GDAL's writer puts out a geometry and its attributes; PRECISION stays at its default, 7 decimals move vertices
COPY (
  SELECT parcel_id, land_use, recorded_area, far_cap, start_due, started, zone, area_m2, area_geo_m2, area_mu, bld_n, bld_area, gfa, density, far, headroom,
    ent_n, output_wan, tax_wan, output_per_mu, tax_per_mu, idle, inefficient, geo
  FROM answer ORDER BY fid)
  TO 'parcels.geojson' WITH (FORMAT gdal, DRIVER 'GeoJSON');
COPY (
  SELECT zone, count(*) AS parcels, sum(area_mu) AS area_mu, sum(gfa) AS gfa, sum(headroom) AS headroom, sum(output_wan) AS output_wan, sum(tax_wan) AS tax_wan,
    sum(idle) AS idle, sum(inefficient) AS inefficient
  FROM answer GROUP BY zone ORDER BY zone)
  TO 'zones.csv' (HEADER);
