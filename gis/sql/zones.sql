-- One row a zone in the order of the layer, then `outside` (parcels in no zone, where there are any) and `park` (everything).
-- assigned: whole parcels by their zone of largest overlap; split: by the share of each parcel inside the zone. parcel_zones carries
-- the parcel's own area_mu, industrial, output_wan and tax_wan beside each share.
-- Sums over no parcel are NULL; counts are 0. Idle land is NULL where no parcel got a verdict.
-- Parcels are grouped once; everything else works on those few rows, so the cost does not grow with zones x parcels.
WITH one AS (
  SELECT zone, count(*) AS n, sum(area_mu) AS mu, count(industrial) AS n_ind, total(area_mu) FILTER (WHERE industrial) AS ind_mu,
         sum(floor_area_m2) AS floor_m2, sum(countable_floor_area_m2) AS countable_m2,
         sum(countable_floor_area_m2) FILTER (WHERE plot_ratio IS NOT NULL) AS ratio_floor_m2,
         sum(CASE plot_ratio_basis WHEN 'recorded' THEN area_recorded_m2 WHEN 'contract' THEN area_contract_m2 WHEN 'ellipsoid' THEN area_ellipsoid_m2
                                   WHEN 'planar' THEN area_planar_m2 WHEN 'tuban' THEN area_tuban_m2 END) FILTER (WHERE plot_ratio IS NOT NULL) AS ratio_land_m2,
         sum(headroom_m2) AS headroom_m2, sum(headroom_m2) FILTER (WHERE industrial) AS ind_room_m2, sum(renewal_headroom_m2) AS renewal_m2, sum(output_wan) AS output, sum(tax_wan) AS tax,
         sum(output_wan) FILTER (WHERE area_mu IS NOT NULL) AS output_known, sum(area_mu) FILTER (WHERE output_wan IS NOT NULL) AS output_mu,
         sum(tax_wan) FILTER (WHERE area_mu IS NOT NULL) AS tax_known, sum(area_mu) FILTER (WHERE tax_wan IS NOT NULL) AS tax_mu,
         count(idle) AS n_judged_idle, count(*) FILTER (WHERE idle) AS n_idle, total(area_mu) FILTER (WHERE idle) AS idle_mu,
         count(inefficient) AS n_judged, count(*) FILTER (WHERE inefficient) AS n_ineff, total(area_mu) FILTER (WHERE inefficient) AS ineff_mu,
         count(*) FILTER (WHERE idle IS NULL OR inefficient IS NULL) AS n_open,
         count(candidate) AS n_asked, count(*) FILTER (WHERE candidate) AS n_cand, total(area_mu) FILTER (WHERE candidate) AS cand_mu,
         sum(area_planar_m2) AS planar_m2, total(area_planar_m2) FILTER (WHERE industrial) AS ind_m2
  FROM parcels GROUP BY zone),
split AS (
  SELECT zone, sum(area_mu * share) AS mu, sum(overlap_m2) AS planar_m2, count(industrial) AS n_ind, total(overlap_m2) FILTER (WHERE industrial) AS ind_m2,
         sum(output_wan * share) AS output, sum(tax_wan * share) AS tax
  FROM parcel_zones GROUP BY zone),
place AS (
  SELECT zone, min(rowid) AS at FROM zones WHERE zone IS NOT NULL GROUP BY zone),
line AS (
  SELECT p.zone AS name, p.at AS at, o.*, s.mu AS s_mu, s.planar_m2 AS s_planar_m2, s.n_ind AS s_n_ind, s.ind_m2 AS s_ind_m2, s.output AS s_output, s.tax AS s_tax
  FROM place p LEFT JOIN one o ON o.zone = p.zone LEFT JOIN split s ON s.zone = p.zone
  UNION ALL
  SELECT 'outside', 9e15, o.*, NULL, NULL, NULL, NULL, NULL, NULL FROM one o WHERE o.zone IS NULL AND EXISTS (SELECT 1 FROM place)
  UNION ALL
  SELECT 'park', 9e16, NULL, sum(n), sum(mu), sum(n_ind), total(ind_mu), sum(floor_m2), sum(countable_m2), sum(ratio_floor_m2), sum(ratio_land_m2),
         sum(headroom_m2), sum(ind_room_m2), sum(renewal_m2), sum(output), sum(tax), sum(output_known), sum(output_mu), sum(tax_known), sum(tax_mu),
         sum(n_judged_idle), sum(n_idle), total(idle_mu), sum(n_judged), sum(n_ineff), total(ineff_mu), sum(n_open), sum(n_asked), sum(n_cand),
         total(cand_mu), sum(planar_m2), total(ind_m2), sum(mu), sum(planar_m2), sum(n_ind), total(ind_m2), sum(output), sum(tax) FROM one)
SELECT name AS zone, coalesce(n, 0) AS parcel_count, mu AS assigned_mu, s_mu AS split_mu, s_planar_m2 AS split_planar_m2,
       CASE WHEN n_ind > 0 THEN ind_mu END AS industrial_mu, CASE WHEN s_n_ind > 0 THEN s_ind_m2 END AS split_industrial_m2,
       floor_m2 AS floor_area_m2, countable_m2 AS countable_floor_area_m2, ratio_floor_m2 / ratio_land_m2 AS plot_ratio,
       headroom_m2, ind_room_m2 AS headroom_industrial_m2, renewal_m2 AS renewal_headroom_m2, output AS output_wan, tax AS tax_wan, s_output AS split_output_wan, s_tax AS split_tax_wan,
       output_known / output_mu AS output_wan_per_mu, tax_known / tax_mu AS tax_wan_per_mu,
       CASE WHEN n IS NULL THEN 0 WHEN n_judged_idle > 0 THEN n_idle END AS idle_count, CASE WHEN n_judged_idle > 0 THEN idle_mu END AS idle_mu,
       CASE WHEN n IS NULL THEN 0 WHEN n_judged > 0 THEN n_ineff END AS inefficient_count, CASE WHEN n_judged > 0 THEN ineff_mu END AS inefficient_mu,
       coalesce(n_open, 0) AS insufficient_count, coalesce(n_cand, 0) AS candidate_count, CASE WHEN n_asked > 0 THEN cand_mu END AS candidate_mu
FROM line
ORDER BY at
