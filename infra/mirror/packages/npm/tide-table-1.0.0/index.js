const moon = 12.42
const sun = 12

/** Metres above the mean, so many hours after a spring tide. */
exports.height = (hours) => 1.6 * Math.cos((2 * Math.PI * hours) / moon) + 0.5 * Math.cos((2 * Math.PI * hours) / sun)
