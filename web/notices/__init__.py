"""Sender of notices: the command, and the files that go with them."""
