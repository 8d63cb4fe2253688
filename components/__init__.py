"""Floor 3: charts, maps, tables, forms and documents. Builders return values; only render_* and pick_* draw."""
