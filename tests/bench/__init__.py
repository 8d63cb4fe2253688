"""How fast the product is, as ratios to a bare page and to a small database. Run with ``make bench``."""
