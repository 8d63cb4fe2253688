"""Files that are made of a deck: slides, print, workbook, pictures, minutes. Each takes a deck and gives bytes."""
