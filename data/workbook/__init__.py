"""Report workbooks: what their sheets and columns are, reading them by meaning, writing templates."""
