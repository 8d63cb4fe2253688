"""Charts and maps of slides as pictures, built with Altair and drawn by vl-convert: SVG for screen
and print, and PNG.
"""

from components.deck.pictures.render import chart_svg, map_svg, picture_png
from components.deck.pictures.sizing import Size

__all__ = ["Size", "chart_svg", "map_svg", "picture_png"]
