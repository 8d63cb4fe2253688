"""Tables, lists, cards and downloads."""
