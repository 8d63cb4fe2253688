"""Floor 5, beside ``app.py``: HTTP routes and middleware of our own (sign-in, headers, static files, readiness,
errors), and the sender of notices.
"""
