"""Joint events and the yearly plan on the screen: lists, the year as a grid, a month as a calendar, plans."""
