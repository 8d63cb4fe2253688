"""Forms on the pages of records: which one is at hand, what its button does, and where the result is said."""
