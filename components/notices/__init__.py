"""Calendar of deadlines as a file."""
