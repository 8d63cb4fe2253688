"""Floor 1: settings, schema, declarations and imports of the database. Imports no other floor."""
