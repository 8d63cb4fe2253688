"""Floor 2: database reads and writes with their rights checks. Imports data only."""
