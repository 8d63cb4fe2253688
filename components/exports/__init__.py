"""Files made from a deck: slides, print, workbook, pictures, minutes. Each function takes a deck and returns bytes."""
