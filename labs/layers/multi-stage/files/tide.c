/* How high the water stands, by the two largest of the forces that move it. */
#include <math.h>
#include "tide.h"

double tide_height(double hours) { return 1.6 * cos(6.283185 * hours / 12.42) + 0.5 * cos(6.283185 * hours / 12.0); }
const char *tide_version(void) { return "1.4"; }
