"""PowerPoint slides: a deck filled into the template ``meeting.pptx``."""
