-- Projects by batch (in the order of their first row), zone and year; before each batch its sum over the park and all years, at the end that of all batches.
-- The year is that of the finish where a project is finished, else of the start; NULL where it is not known. Batches and sums are as delivered: each row counts.
-- Sums of what is known, with the number of rows that know it.
-- needs: projects.progress
WITH place(zone, at) AS (SELECT zone, min(rowid) FROM zones WHERE zone IS NOT NULL GROUP BY zone),
project AS MATERIALIZED (
  SELECT rowid AS at, coalesce(batch, :unknown) AS batch, CAST(batch_year AS TEXT) AS year,
         CASE WHEN zone IS NOT NULL THEN zone WHEN parcel_id IN (SELECT parcel_id FROM parcels) THEN 'outside' ELSE 'unknown' END AS zone,
         land_mu AS mu, floor_area_m2 AS floor, floor_area_added_m2 AS added, invest_total_wan AS total, invested_wan AS spent
  FROM projects),
each AS (
  SELECT * FROM project
  UNION ALL SELECT at, batch, 'all', 'park', mu, floor, added, total, spent FROM project
  UNION ALL SELECT 9e15, 'all', 'all', 'park', mu, floor, added, total, spent FROM project),
one AS (
  SELECT batch, zone, year, min(at) AS at, count(*) AS n, sum(mu) AS mu, count(mu) AS n_mu, sum(floor) AS floor, count(floor) AS n_floor, sum(added) AS added, count(added) AS n_added,
         sum(total) AS total, count(total) AS n_total, sum(spent) AS spent, count(spent) AS n_spent
  FROM each GROUP BY batch, zone, year),
ranked AS (SELECT *, min(at) OVER (PARTITION BY batch) AS first FROM one)
SELECT r.batch AS batch, r.zone AS zone, r.year AS year, n AS project_count, mu AS land_mu, n_mu AS with_land, floor AS floor_area_m2, n_floor AS with_floor_area,
       added AS floor_area_added_m2, n_added AS with_added, total AS invest_total_wan, n_total AS with_total, spent AS invested_wan, n_spent AS with_invested
FROM ranked r LEFT JOIN place ON place.zone = r.zone
ORDER BY r.first, r.zone <> 'park', CASE r.zone WHEN 'unknown' THEN 2 WHEN 'outside' THEN 1 ELSE 0 END, place.at, r.zone, r.year IS NULL, r.year
