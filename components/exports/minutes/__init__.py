"""Minutes of a meeting as a Word file, filled into the template ``minutes.docx``."""
