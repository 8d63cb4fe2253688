"""The index, the signs of box-ticking and the version of the method, as declarations."""
