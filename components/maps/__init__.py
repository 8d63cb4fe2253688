"""District map: outlines that the browser loads once, and a table of colours sent at each change."""
