function startCharts() {}
