"""Values of the indicators and the sums that they are made of."""
