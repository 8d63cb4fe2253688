"""Board, texts and actions of recommendations."""
