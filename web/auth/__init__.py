"""Sign-in, sign-out and the middleware that requires a session."""
