-- Parcels by land-use code, largest area first; parcels without a code stand in a row of their own.
SELECT land_use, max(industrial) AS industrial, count(*) AS parcel_count, sum(area_mu) AS area_mu,
       sum(area_mu) / (SELECT sum(area_mu) FROM parcels) AS area_share,
       sum(floor_area_m2) AS floor_area_m2, sum(countable_floor_area_m2) AS countable_floor_area_m2, sum(headroom_m2) AS headroom_m2,
       sum(output_wan) AS output_wan, sum(tax_wan) AS tax_wan,
       sum(output_wan) FILTER (WHERE area_mu IS NOT NULL) / sum(area_mu) FILTER (WHERE output_wan IS NOT NULL) AS output_wan_per_mu,
       sum(tax_wan) FILTER (WHERE area_mu IS NOT NULL) / sum(area_mu) FILTER (WHERE tax_wan IS NOT NULL) AS tax_wan_per_mu
FROM parcels
GROUP BY land_use
ORDER BY sum(area_mu) DESC, land_use
