"""Loading that several pages share: queries for the choices of the reader, from the cache where asked before."""
