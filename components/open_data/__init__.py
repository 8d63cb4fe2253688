"""Open data as files: tables as CSV and JSON, and their description as a Frictionless data package."""
