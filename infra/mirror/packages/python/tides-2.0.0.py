"""How high the water stands, by the two largest of the forces that move it."""
from math import cos, tau

__version__ = "2.0.0"

MOON = 12.42
SUN = 12.0


def height(hours):
    """Metres above the mean, so many hours after a spring tide."""
    return 1.6 * cos(tau * hours / MOON) + 0.5 * cos(tau * hours / SUN)
