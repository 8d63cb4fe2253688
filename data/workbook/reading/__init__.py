"""Opening a workbook and finding in it the sheets of a report, their headings and their records."""
