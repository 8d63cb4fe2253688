"""The register of memoranda and their status."""
