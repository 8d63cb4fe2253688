"""Sign-in, sessions and actors."""
