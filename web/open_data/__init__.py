"""What anyone may take or read without an account: the feed under ``/api/v1/`` and the public pages under ``/open``."""
