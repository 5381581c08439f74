-- Enterprises of the year by division (大类) of GB/T 4754-2017, largest output first; rows whose code is missing or no industry code are one group: insufficient data (:unknown).
-- Land is what the enterprises state (where it is above 0); per mu over those that state both.
-- needs: enterprises.industry_code
WITH firm AS (
  SELECT industry_division AS division, industry_name AS name, output_wan AS output, tax_wan AS tax, staff, CASE WHEN land_area_m2 > 0 THEN land_area_m2 * 3 / 2000 END AS mu
  FROM enterprises WHERE of_year)
SELECT division AS industry, coalesce(max(name), :unknown) AS industry_name, count(*) AS enterprise_count, sum(mu) AS land_mu, sum(output) AS output_wan, sum(tax) AS tax_wan,
       sum(output) FILTER (WHERE mu IS NOT NULL) / sum(mu) FILTER (WHERE output IS NOT NULL) AS output_wan_per_mu,
       sum(tax) FILTER (WHERE mu IS NOT NULL) / sum(mu) FILTER (WHERE tax IS NOT NULL) AS tax_wan_per_mu, sum(staff) AS staff
FROM firm
GROUP BY division
ORDER BY division IS NULL, sum(output) DESC, division
