"""Tables, cards and downloads."""
