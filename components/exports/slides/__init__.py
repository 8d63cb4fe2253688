"""Slides of PowerPoint: a deck filled into the template ``meeting.pptx``."""
