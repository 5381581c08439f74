function startPrint() {}
