"""Floor 2: what is asked of the database and done to it. Imports data only."""
