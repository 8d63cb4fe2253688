"""Floor 3: what is shown. Builders return charts, maps or bytes; only render_* and pick_* draw."""
