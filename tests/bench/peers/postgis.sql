-- The job in PostGIS: what postgis.sh runs when the layers are loaded.
SET search_path = bench, public;
SET client_min_messages = warning;
CREATE UNLOGGED TABLE enterprise_rows (credit_code text, name text, parcel_id text, industry_code text, output_wan float8, tax_wan float8, rd_wan float8,
  energy_tce float8, staff int, year int);
\copy enterprise_rows FROM 'data/enterprises.csv' CSV HEADER
ANALYZE parcels, buildings, zones, enterprise_rows;

CREATE UNLOGGED TABLE pieces AS
  SELECT p.fid, b.floors, CASE WHEN ST_Covers(p.geom, b.geom) THEN ST_Area(b.geom) ELSE ST_Area(ST_Intersection(p.geom, b.geom)) END AS area
  FROM parcels AS p JOIN buildings AS b ON ST_Intersects(p.geom, b.geom);

CREATE UNLOGGED TABLE shares AS
  SELECT p.fid, z.zone, CASE WHEN ST_Covers(z.geom, p.geom) THEN ST_Area(p.geom) ELSE ST_Area(ST_Intersection(z.geom, p.geom)) END AS area
  FROM parcels AS p JOIN zones AS z ON ST_Intersects(z.geom, p.geom);
ANALYZE pieces, shares;

CREATE UNLOGGED TABLE answer AS
  WITH built AS (SELECT fid, count(*) AS bld_n, sum(area) AS bld_area, sum(area * floors) AS gfa FROM pieces WHERE area > 0 GROUP BY fid),
  zoned AS (SELECT DISTINCT ON (fid) fid, zone FROM shares WHERE area > 0 ORDER BY fid, area DESC),
  enterprises AS (
    SELECT parcel_id, count(DISTINCT credit_code) AS ent_n, sum(output_wan) AS output_wan, sum(tax_wan) AS tax_wan
    FROM enterprise_rows WHERE year = 2024 GROUP BY parcel_id),
  placed AS MATERIALIZED (SELECT fid, ST_Transform(geom, 4326) AS geo, ST_Area(geom) AS area_m2 FROM parcels),
  measured AS MATERIALIZED (SELECT *, ST_Area(geo::geography) AS area_geo_m2 FROM placed),
  joined AS (
    SELECT p.fid, p.parcel_id, p.land_use, p.recorded_area, p.far_cap, p.start_due, p.started, z.zone, m.geo, m.area_m2, m.area_geo_m2,
      m.area_geo_m2 * 15 / 10000 AS area_mu, coalesce(b.bld_n, 0) AS bld_n, coalesce(b.bld_area, 0) AS bld_area, coalesce(b.gfa, 0) AS gfa,
      coalesce(e.ent_n, 0) AS ent_n, coalesce(e.output_wan, 0) AS output_wan, coalesce(e.tax_wan, 0) AS tax_wan
    FROM parcels AS p JOIN measured AS m USING (fid) LEFT JOIN built AS b USING (fid) LEFT JOIN zoned AS z USING (fid) LEFT JOIN enterprises AS e USING (parcel_id))
  SELECT *, bld_area / area_m2 AS density, gfa / area_m2 AS far, greatest(0, far_cap - gfa / area_m2) * area_m2 AS headroom,
    output_wan / area_mu AS output_per_mu, tax_wan / area_mu AS tax_per_mu,
    (coalesce(start_due < '2024-12-31', false) AND started = 0 OR bld_n = 0 AND ent_n = 0)::int AS idle,
    (tax_wan / area_mu < 10 OR gfa / area_m2 < 0.6 * far_cap)::int AS inefficient
  FROM joined;

\o parcels.geojson
\qecho '{"type":"FeatureCollection","features":['
-- a line starts with the comma after the feature before it; QUOTE and DELIMITER that JSON does not hold keep COPY from quoting
COPY (
  SELECT CASE WHEN row_number() OVER () > 1 THEN ',' ELSE '' END || '{"type":"Feature","properties":' || row_to_json(r) || ',"geometry":' || ST_AsGeoJSON(geo, 8) || '}'
  FROM answer AS a, LATERAL (
    SELECT parcel_id, land_use, recorded_area, far_cap, start_due, started, zone, area_m2, area_geo_m2, area_mu, bld_n, bld_area, gfa, density, far, headroom,
      ent_n, output_wan, tax_wan, output_per_mu, tax_per_mu, idle, inefficient) AS r)
  TO STDOUT CSV QUOTE E'\x01' DELIMITER E'\x02';
\qecho ']}'
\o zones.csv
COPY (
  SELECT zone, count(*) AS parcels, sum(area_mu) AS area_mu, sum(gfa) AS gfa, sum(headroom) AS headroom, sum(output_wan) AS output_wan, sum(tax_wan) AS tax_wan,
    sum(idle) AS idle, sum(inefficient) AS inefficient
  FROM answer GROUP BY zone ORDER BY zone)
  TO STDOUT CSV HEADER;
