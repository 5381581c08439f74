-- What the park and its zones are made of, in the order of the layer, then `outside` (parcels in no zone), `unknown` (enterprises of which no parcel is known) and `park`: what 产业园区 policies hold against 70 % industrial land, a leading industry, high-tech shares and numbers above scale.
-- Land: construction land other than infrastructure and public services (industry, storage, mining, commerce, housing), as rules/qianxi-2021.yaml and guiyang-2021.yaml have it; land whose class is not known stands beside it and in no share.
-- Enterprises of the year, at the parcel that their row names, else that of their largest occupancy. Leading: the division of GB/T 4754 with the largest output. Shares are of output that is known, high-tech of those that say whether they are.
-- needs: enterprises.above_scale | enterprises.high_tech
WITH place(zone, at) AS (SELECT zone, min(rowid) FROM zones WHERE zone IS NOT NULL GROUP BY zone),
land AS MATERIALIZED (
  SELECT coalesce(zone, 'outside') AS zone, sum(area_mu) FILTER (WHERE land_use_class IN ('industrial', 'warehouse', 'mining', 'commercial', 'residential')) AS mu,
         sum(area_mu) FILTER (WHERE land_use_class = 'industrial') AS industrial, sum(area_mu) FILTER (WHERE land_use_class IS NULL) AS blank
  FROM parcels GROUP BY 1),
land_of AS (SELECT zone, mu, industrial, blank FROM land UNION ALL SELECT 'park', sum(mu), sum(industrial), sum(blank) FROM land),
sited AS MATERIALIZED (
  SELECT coalesce(e.parcel_id, (SELECT o.parcel_id FROM occupancies AS o WHERE o.credit_code = e.credit_code ORDER BY coalesce(o.floor_area_m2, o.land_area_m2, 0) DESC LIMIT 1)) AS parcel,
         e.industry_division AS division, e.industry_name AS name, e.output_wan AS output, e.above_scale AS above, e.high_tech AS high
  FROM enterprises AS e WHERE e.of_year),
firm AS MATERIALIZED (
  SELECT CASE WHEN (SELECT count(*) FROM parcels WHERE parcel_id = parcel) > 0 THEN coalesce((SELECT zone FROM parcels WHERE parcel_id = parcel LIMIT 1), 'outside') ELSE 'unknown' END AS zone,
         division, name, output, above, high
  FROM sited),
each AS (SELECT zone, division, name, output, above, high FROM firm UNION ALL SELECT 'park', division, name, output, above, high FROM firm),
division_of AS (SELECT zone, division, max(name) AS name, sum(output) AS output, row_number() OVER (PARTITION BY zone ORDER BY sum(output) DESC, division) AS rank FROM each WHERE division IS NOT NULL AND output IS NOT NULL GROUP BY zone, division),
people AS (
  SELECT zone, count(*) AS n, sum(output) AS output, sum(output) FILTER (WHERE division IS NOT NULL) AS of_division,
         sum(above) AS above, count(above) AS above_known, sum(high) AS high, count(high) AS high_known,
         total(output) FILTER (WHERE high) AS high_output, sum(output) FILTER (WHERE high IS NOT NULL) AS high_of
  FROM each GROUP BY zone),
name(zone) AS (SELECT zone FROM land_of UNION SELECT zone FROM people)
SELECT name.zone AS zone, l.mu AS land_mu, coalesce(l.industrial, iif(l.mu > 0, 0.0, NULL)) AS industrial_mu, coalesce(l.industrial, 0.0) / nullif(l.mu, 0) AS industrial_share, l.blank AS land_unknown_mu,
       coalesce(p.n, 0) AS enterprise_count, p.output AS output_wan, d.division AS leading_industry, d.name AS leading_name, d.output AS leading_output_wan, d.output / nullif(p.of_division, 0) AS leading_share,
       p.above AS above_scale_count, p.above_known AS above_scale_known, p.high AS high_tech_count, p.high_known AS high_tech_known, iif(p.high_of IS NULL, NULL, p.high_output) AS high_tech_output_wan, p.high_output / nullif(p.high_of, 0) AS high_tech_share
FROM name LEFT JOIN land_of AS l ON l.zone = name.zone LEFT JOIN people AS p ON p.zone = name.zone LEFT JOIN division_of AS d ON d.zone = name.zone AND d.rank = 1 LEFT JOIN place ON place.zone = name.zone
ORDER BY CASE name.zone WHEN 'park' THEN 3 WHEN 'unknown' THEN 2 WHEN 'outside' THEN 1 ELSE 0 END, place.at, name.zone
