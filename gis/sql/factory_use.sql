-- Use of standard factories by zone in the order of the layer, then `outside` (parcels in no zone), `unknown` (no parcel known) and `park` (everything).
-- Counts are of all units; areas of those that know theirs, and NULL where none of them does. Utilisation = area in use over the area of known state.
-- goal: 80 % and 90 %, the utilisation that policies ask for (rules/guiyang-2021.yaml, rules/zunyi.yaml); short_of: the area that would have to come into use.
-- needs: factory_units.use_state
WITH goal(low, high) AS (VALUES (0.8, 0.9)),
place(zone, at) AS (SELECT zone, min(rowid) FROM zones WHERE zone IS NOT NULL GROUP BY zone),
one AS MATERIALIZED (
  SELECT CASE WHEN zone IS NOT NULL THEN zone WHEN parcel_id IN (SELECT parcel_id FROM parcels) THEN 'outside' ELSE 'unknown' END AS zone,
         use_state AS use, count(*) AS n, sum(floor_area_m2) AS m2, count(*) FILTER (WHERE floor_area_m2 IS NULL) AS blank
  FROM factory_units GROUP BY 1, 2),
each AS (SELECT zone, use, n, m2, blank FROM one UNION ALL SELECT 'park', use, n, m2, blank FROM one),
line AS (
  SELECT zone, sum(n) AS n, sum(m2) AS m2, sum(blank) AS blank, total(m2) FILTER (WHERE use IS NOT NULL) AS known_m2,
         total(n) FILTER (WHERE use = 'in_use') AS n_used, coalesce(sum(m2) FILTER (WHERE use = 'in_use'), iif(total(n) FILTER (WHERE use = 'in_use') = 0, 0.0, NULL)) AS used_m2,
         total(n) FILTER (WHERE use = 'vacant') AS n_vacant, coalesce(sum(m2) FILTER (WHERE use = 'vacant'), iif(total(n) FILTER (WHERE use = 'vacant') = 0, 0.0, NULL)) AS vacant_m2,
         total(n) FILTER (WHERE use = 'stopped') AS n_stopped, coalesce(sum(m2) FILTER (WHERE use = 'stopped'), iif(total(n) FILTER (WHERE use = 'stopped') = 0, 0.0, NULL)) AS stopped_m2,
         total(n) FILTER (WHERE use = 'let_unused') AS n_let, coalesce(sum(m2) FILTER (WHERE use = 'let_unused'), iif(total(n) FILTER (WHERE use = 'let_unused') = 0, 0.0, NULL)) AS let_m2,
         total(n) FILTER (WHERE use IS NULL) AS n_unknown, coalesce(sum(m2) FILTER (WHERE use IS NULL), iif(total(n) FILTER (WHERE use IS NULL) = 0, 0.0, NULL)) AS unknown_m2
  FROM each GROUP BY zone)
SELECT line.zone AS zone, n AS unit_count, m2 AS floor_area_m2, n_used AS in_use_count, used_m2 AS in_use_m2, n_vacant AS vacant_count, vacant_m2,
       n_stopped AS stopped_count, stopped_m2, n_let AS let_unused_count, let_m2 AS let_unused_m2, n_unknown AS unknown_count, unknown_m2, blank AS no_area_count,
       used_m2 / nullif(known_m2, 0) AS utilisation, CASE WHEN known_m2 > 0 THEN max(0, low * known_m2 - used_m2) END AS short_of_80_m2,
       CASE WHEN known_m2 > 0 THEN max(0, high * known_m2 - used_m2) END AS short_of_90_m2
FROM goal CROSS JOIN line LEFT JOIN place ON place.zone = line.zone
ORDER BY CASE line.zone WHEN 'park' THEN 3 WHEN 'unknown' THEN 2 WHEN 'outside' THEN 1 ELSE 0 END, place.at, line.zone
