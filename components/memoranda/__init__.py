"""Tables and status badges of memoranda."""
