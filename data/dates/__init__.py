"""Today, periods of whole months, working days."""
