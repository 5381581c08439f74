-- What fits against what a rulebook aims at: its targets whose codes end in -FLOOR (wan_m2 of new floor area) and -LAND (mu renewed), and the gain in plot ratio
-- that floor over land implies (2,000,000 m2 / 2000 mu = 1.5). Of the fit: each parcel by the way that adds most; land of the parcels that gain.
-- needs: fit_options.net_m2
-- needs: targets.target_value
WITH aim AS (
  SELECT rulebook, max(target_value * 10000) FILTER (WHERE target LIKE '%-FLOOR') AS floor_m2,
         max(target_value * 10000 / 15) FILTER (WHERE target LIKE '%-LAND') AS land_m2,
         max(unit) FILTER (WHERE target LIKE '%-FLOOR') AS floor_unit, max(unit) FILTER (WHERE target LIKE '%-LAND') AS land_unit
  FROM targets WHERE zone IS NULL AND target NOT LIKE '%-P_-%'
    AND (target LIKE '%-FLOOR' AND unit IN ('万㎡', '10k m2') OR target LIKE '%-LAND' AND unit IN ('亩', 'mu')) GROUP BY rulebook),
each AS (
  SELECT parcel_row, max(land_m2) AS land, CASE WHEN count(net_m2) > 0 THEN total(net_m2) FILTER (WHERE chosen) END AS net, max(chosen) AS gains
  FROM fit_options GROUP BY parcel_row),
fits AS (
  SELECT sum(net) AS net, sum(land) FILTER (WHERE gains) AS land, sum(net) FILTER (WHERE land > 0) / sum(land) FILTER (WHERE net IS NOT NULL) AS gain,
         sum(net) FILTER (WHERE gains AND land > 0) / sum(land) FILTER (WHERE gains) AS gain_used
  FROM each),
line AS (
  SELECT rulebook, 1 AS at, 'floor' AS item, floor_m2 / 10000 AS aim, net / 10000 AS value, floor_unit AS unit FROM aim, fits WHERE floor_m2 > 0
  UNION ALL SELECT rulebook, 2, 'land', land_m2 * 15 / 10000, land * 15 / 10000, land_unit FROM aim, fits WHERE land_m2 > 0
  UNION ALL SELECT rulebook, 3, 'ratio_gain', floor_m2 / land_m2, gain, '' FROM aim, fits WHERE floor_m2 > 0 AND land_m2 > 0
  UNION ALL SELECT rulebook, 4, 'ratio_gain_used', floor_m2 / land_m2, gain_used, '' FROM aim, fits WHERE floor_m2 > 0 AND land_m2 > 0)
SELECT rulebook, item, aim AS target_value, value AS fit_value, value / aim AS share, unit
FROM line
ORDER BY rulebook, at
