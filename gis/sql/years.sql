-- Figures of the enterprise table by year; rows of a table without years count for the year of the run, rows that lack theirs stand in a row without a year.
-- Sums of what is known, with the number of rows that know it: a year that many rows are missing from is not a bad year.
-- Land is what the enterprises state (where it is above 0); per mu over those that state both.
-- needs: enterprises.output_wan | enterprises.tax_wan
WITH firm AS (
  SELECT year, of_year, output_wan AS output, tax_wan AS tax, CASE WHEN land_area_m2 > 0 THEN land_area_m2 * 3 / 2000 END AS mu
  FROM enterprises)
SELECT CAST(CASE WHEN year IS NULL AND of_year THEN CAST(:year AS INTEGER) ELSE year END AS TEXT) AS year, count(*) AS enterprise_count, count(output) AS with_output, sum(output) AS output_wan, count(tax) AS with_tax, sum(tax) AS tax_wan, count(mu) AS with_land, sum(mu) AS land_mu,
       sum(output) FILTER (WHERE mu IS NOT NULL) / sum(mu) FILTER (WHERE output IS NOT NULL) AS output_wan_per_mu,
       sum(tax) FILTER (WHERE mu IS NOT NULL) / sum(mu) FILTER (WHERE tax IS NOT NULL) AS tax_wan_per_mu
FROM firm
GROUP BY firm.year, of_year
ORDER BY firm.year IS NULL, firm.year
