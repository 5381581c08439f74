-- title: 按道路
-- 规划人员自己的汇总：按宗地坐落的道路统计面积、税收和疑似闲置、低效用地。列名即表头；表和列见 docs/formats.md。
WITH 宗地 AS (
  SELECT CASE WHEN address LIKE '%片区%路%' THEN substr(address, instr(address, '片区') + 2, instr(address, '路') - instr(address, '片区') - 1) ELSE '坐落不明' END AS 道路,
         zone, area_mu, tax_wan, idle, inefficient
  FROM parcels)
SELECT coalesce(zone, '片区外') AS 片区,
       道路,
       count(*) AS 宗地数,
       round(sum(area_mu), 2) AS "面积（亩）",
       round(sum(tax_wan) FILTER (WHERE area_mu IS NOT NULL) / sum(area_mu) FILTER (WHERE tax_wan IS NOT NULL), 2) AS "亩均税收（万元/亩）",
       count(*) FILTER (WHERE idle) AS 疑似闲置,
       count(*) FILTER (WHERE inefficient) AS 低效,
       round(sum(area_mu) FILTER (WHERE idle OR inefficient), 2) AS "闲置低效（亩）"
FROM 宗地
GROUP BY zone, 道路
ORDER BY zone IS NULL, zone, sum(area_mu) DESC, 道路
