"""Report workbooks: declaration of their sheets and columns, import, and templates."""
