"""Parts that every page shares: request context, filters, URL, cache, header and footer."""
