"""What the cells of a report workbook mean: numbers, dates, places and codes as people write them."""
