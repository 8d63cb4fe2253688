"""Statistics of figures already read: numbers in, numbers out, with no database and no actor."""
