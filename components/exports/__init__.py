"""Files that are made of a deck: slides, print, workbook, pictures, protocol. Each takes a deck and gives bytes."""
