"""The district map: outlines that travel once, a colour table that travels at each change."""
