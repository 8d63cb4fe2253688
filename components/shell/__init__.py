"""What every page shares: request, filters, address, cache, header and footer."""
