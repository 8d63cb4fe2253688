"""Opens a workbook and finds the sheets of a report, their headings and their records."""
