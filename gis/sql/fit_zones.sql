-- Standard factories by zone in the order of the layer, then `outside` and `park`, of the parcels that were fitted.
-- By way: what comes out if every parcel went that way (of rebuilding, those that gain by it); net_m2: each parcel by the way that adds most. Sums of nothing known are NULL.
-- needs: fit_options.net_m2
WITH each AS (
  SELECT parcel_row, min(zone) AS zone, max(headroom_m2) AS paper, max(land_m2) AS land, max(countable_floor_area_m2) AS stands,
         max(net_m2) FILTER (WHERE fit_way = 'open') AS open_m2, max(net_m2) FILTER (WHERE fit_way = 'storeys') AS storeys_m2,
         max(net_m2) FILTER (WHERE fit_way = 'rebuild') AS rebuild_m2,
         CASE WHEN count(net_m2) > 0 THEN total(net_m2) FILTER (WHERE chosen) END AS net, total(gross_m2) FILTER (WHERE chosen) AS gross,
         total(gross_m2) FILTER (WHERE fit_way = 'rebuild' AND net_m2 IS NULL) AS cleared, total(modules) FILTER (WHERE chosen) AS modules,
         sum(state_m2) FILTER (WHERE chosen) AS state, max(chosen) AS gains
  FROM fit_options GROUP BY parcel_row),
one AS (
  SELECT zone, count(*) AS n, total(gains) AS gaining, count(*) - count(net) AS unknown, sum(paper) AS paper, sum(open_m2) AS open_m2,
         sum(storeys_m2) AS storeys_m2, sum(max(rebuild_m2, 0)) AS rebuild_m2, sum(net) AS net, sum(gross) AS gross, sum(cleared) AS cleared,
         sum(net) FILTER (WHERE paper IS NOT NULL) AS net_of_paper, sum(paper) FILTER (WHERE net IS NOT NULL) AS paper_of_net, sum(modules) AS modules,
         sum(land) FILTER (WHERE net IS NOT NULL AND stands IS NOT NULL) AS land, sum(stands) FILTER (WHERE net IS NOT NULL AND land IS NOT NULL) AS stands,
         sum(net) FILTER (WHERE stands IS NOT NULL AND land IS NOT NULL) AS added, sum(state) AS state
  FROM each GROUP BY zone),
place AS (
  SELECT zone, min(rowid) AS at FROM zones WHERE zone IS NOT NULL GROUP BY zone),
line AS (
  SELECT p.zone AS name, p.at AS at, o.* FROM place p JOIN one o ON o.zone = p.zone
  UNION ALL
  SELECT 'outside', 9e15, o.* FROM one o WHERE o.zone IS NULL AND EXISTS (SELECT 1 FROM place)
  UNION ALL
  SELECT 'park', 9e16, NULL, sum(n), sum(gaining), sum(unknown), sum(paper), sum(open_m2), sum(storeys_m2), sum(rebuild_m2), sum(net), sum(gross), sum(cleared),
         sum(net_of_paper), sum(paper_of_net), sum(modules), sum(land), sum(stands), sum(added), sum(state) FROM one HAVING count(*) > 0)
SELECT name AS zone, n AS fitted_count, gaining AS gaining_count, unknown AS unknown_count, paper AS headroom_m2, open_m2, storeys_m2, rebuild_m2, net AS net_m2,
       gross AS gross_m2, cleared AS cleared_m2, CASE WHEN paper_of_net > 0 THEN net_of_paper / paper_of_net END AS buildable_share, modules, land AS land_m2,
       stands / land AS plot_ratio_before, (stands + added) / land AS plot_ratio_after, added / land AS plot_ratio_gain, state AS state_m2
FROM line
ORDER BY at
