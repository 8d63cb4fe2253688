"""Floor 5, beside ``app.py``: what the server answers itself. Sign-in, headers, static files, readiness, errors."""
