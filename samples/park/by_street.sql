-- title: 各片区闲置低效
-- 规划人员自己的汇总：按片区、用途统计疑似闲置和低效用地。列名即表头；表和列见 docs/formats.md。
SELECT coalesce(zone, '片区外') AS 片区,
       CASE WHEN industrial THEN '工业' WHEN NOT industrial THEN '非工业' ELSE '数据不足' END AS 用途,
       count(*) AS 宗地数,
       round(sum(area_mu), 2) AS 面积_亩,
       count(*) FILTER (WHERE idle) AS 疑似闲置,
       count(*) FILTER (WHERE inefficient) AS 低效,
       round(sum(area_mu) FILTER (WHERE idle OR inefficient), 2) AS 闲置低效_亩,
       round(sum(area_mu) FILTER (WHERE idle OR inefficient) / sum(area_mu), 4) AS 占比
FROM parcels
GROUP BY zone, industrial
ORDER BY zone IS NULL, zone, industrial DESC
