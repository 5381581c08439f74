-- Contracts held against what became of their parcels, by zone in the order of the layer, then `outside`, `unknown` (no parcel known) and `park`; a row for the whole and one for each item.
-- A comparison with the contract, no verdict under a rulebook. Whole: all agreed items are known and met, one is known not to be, or neither.
-- needs: contracts.met
WITH place(zone, at) AS (SELECT zone, min(rowid) FROM zones WHERE zone IS NOT NULL GROUP BY zone),
word(item, at) AS (VALUES ('overall', 1), ('investment', 2), ('output', 3), ('tax', 4), ('plot_ratio', 5), ('finish', 6)),
contract AS MATERIALIZED (
  SELECT CASE WHEN zone IS NOT NULL THEN zone WHEN parcel_id IN (SELECT parcel_id FROM parcels) THEN 'outside' ELSE 'unknown' END AS zone, due_state,
         CASE WHEN coalesce(meets_invest, meets_output, meets_tax, meets_plot_ratio, meets_finish) IS NULL THEN NULL WHEN met THEN 'yes' WHEN met IS NULL THEN 'unknown' ELSE 'no' END AS overall,
         meets_invest, meets_output, meets_tax, meets_plot_ratio, meets_finish
  FROM contracts),
item AS (
  SELECT c.zone AS zone, w.item AS item, due_state = 'not_due' AS ahead,
         CASE w.item WHEN 'overall' THEN overall WHEN 'investment' THEN meets_invest WHEN 'output' THEN meets_output WHEN 'tax' THEN meets_tax WHEN 'plot_ratio' THEN meets_plot_ratio ELSE meets_finish END AS met
  FROM contract c CROSS JOIN word w),
each AS (SELECT zone, item, ahead, met FROM item UNION ALL SELECT 'park', item, ahead, met FROM item),
one AS (
  SELECT zone, item, count(*) AS n, count(met) AS n_agreed, count(*) FILTER (WHERE met = 'yes') AS n_met, count(*) FILTER (WHERE met = 'no') AS n_not,
         count(*) FILTER (WHERE met = 'unknown') AS n_unknown, count(*) FILTER (WHERE met = 'unknown' AND ahead) AS n_ahead
  FROM each GROUP BY zone, item)
SELECT one.zone AS zone, one.item AS item, n AS contract_count, n_agreed AS agreed_count, n_met AS met_count, n_not AS not_met_count, n_unknown AS unknown_count, n_ahead AS not_due_count,
       CAST(n_met AS REAL) / nullif(n_met + n_not, 0) AS met_share
FROM one JOIN word w ON w.item = one.item LEFT JOIN place ON place.zone = one.zone
ORDER BY CASE one.zone WHEN 'park' THEN 3 WHEN 'unknown' THEN 2 WHEN 'outside' THEN 1 ELSE 0 END, place.at, one.zone, w.at
