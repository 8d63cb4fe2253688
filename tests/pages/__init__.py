"""The pages, run as the app runs them, for each role."""
