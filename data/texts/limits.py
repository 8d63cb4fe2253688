"""Maximum lengths of texts that people write, for forms and writes alike."""

from __future__ import annotations

# Answers and reasons of a recommendation, decisions of a meeting and their evidence.
LONGEST_TEXT = 2_000
# The person or office responsible for a recommendation or a decision.
LONGEST_OWNER = 200
# Number and title of a meeting.
LONGEST_NUMBER = 40
LONGEST_TITLE = 300
# Why an event is opened again for evaluation.
LONGEST_REASON = 300
