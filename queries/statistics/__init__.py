"""Statistics of figures already read: pure functions of numbers, without a database or an actor."""
