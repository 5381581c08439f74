function startQuality() {}
function startMethods() {}
