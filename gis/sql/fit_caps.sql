-- A common plot ratio cap against what it lets be built. The capacity of a parcel is the net floor area of the way that adds most without a cap; it is reached from
-- the breakpoint of that way on. Rows: the least cap at which parcels with 50, 90 and 100 % of the capacity have reached theirs.
-- needs: fit_options.capacity_m2
WITH ways AS (
  SELECT capacity_m2 - demolished_m2 AS capacity, cap_breakpoint AS at,
         row_number() OVER (PARTITION BY parcel_row ORDER BY round(capacity_m2 - demolished_m2, 2) DESC, cap_breakpoint) AS place
  FROM fit_options WHERE capacity_m2 > demolished_m2 AND cap_breakpoint IS NOT NULL),
each AS (
  SELECT capacity, at FROM ways WHERE place = 1),
sorted AS (
  SELECT at, sum(capacity) OVER (ORDER BY at) AS reached, count(*) OVER (ORDER BY at) AS parcels FROM each),
whole AS (
  SELECT max(reached) AS all_m2 FROM sorted),
share AS (
  SELECT 0.5 AS share UNION ALL SELECT 0.9 UNION ALL SELECT 1)
SELECT share, min(at) AS cap, min(parcels) AS parcel_count, min(reached) AS capacity_m2
FROM share, whole JOIN sorted ON reached >= share * all_m2 * (1 - 1e-12)
GROUP BY share
ORDER BY share
