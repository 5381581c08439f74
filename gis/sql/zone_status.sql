-- Land by status and zone, in the order of the layer, then `outside` (parcels in no zone, where there are any) and `park`: each parcel has one status, so a row adds up to the area of the zone's parcels.
-- 0 where no parcel has that status; NULL where none of those that have it has a known area.
-- needs: zones
WITH place(zone, at) AS (SELECT zone, min(rowid) FROM zones WHERE zone IS NOT NULL GROUP BY zone),
part AS (SELECT zone, status, count(*) AS n, sum(area_mu) AS mu FROM parcels GROUP BY zone, status),
line AS (
  SELECT p.zone AS name, p.at AS at, c.status AS status, c.n AS n, c.mu AS mu FROM place p LEFT JOIN part c ON c.zone = p.zone
  UNION ALL
  SELECT 'outside', 9e15, status, n, mu FROM part WHERE zone IS NULL
  UNION ALL
  SELECT 'park', 9e16, status, n, mu FROM part)
SELECT name AS zone,
       CASE WHEN count(*) FILTER (WHERE status = 'idle') = 0 THEN 0 ELSE sum(mu) FILTER (WHERE status = 'idle') END AS idle_mu,
       CASE WHEN count(*) FILTER (WHERE status = 'inefficient') = 0 THEN 0 ELSE sum(mu) FILTER (WHERE status = 'inefficient') END AS inefficient_mu,
       CASE WHEN count(*) FILTER (WHERE status = 'headroom') = 0 THEN 0 ELSE sum(mu) FILTER (WHERE status = 'headroom') END AS headroom_mu,
       CASE WHEN count(*) FILTER (WHERE status = 'insufficient') = 0 THEN 0 ELSE sum(mu) FILTER (WHERE status = 'insufficient') END AS insufficient_mu,
       CASE WHEN count(*) FILTER (WHERE status = 'normal') = 0 THEN 0 ELSE sum(mu) FILTER (WHERE status = 'normal') END AS normal_mu
FROM line
GROUP BY name, at
ORDER BY at
