"""Cards, forms and texts of meetings, packs and decisions."""
