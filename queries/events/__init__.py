"""Joint events and the yearly joint plan: lists, counts, the year as a grid, one event, plans."""
