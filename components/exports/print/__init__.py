"""A deck on paper: PDF and pictures that typst sets."""
