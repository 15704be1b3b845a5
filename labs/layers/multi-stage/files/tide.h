/* Metres above the mean, so many hours after a spring tide. */
double tide_height(double hours);
const char *tide_version(void);
