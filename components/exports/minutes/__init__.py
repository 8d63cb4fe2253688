"""Minutes of a meeting for Word: text and tables filled into the template ``minutes.docx``."""
