"""Chart builders: each takes a tidy frame and a translator and returns an ``alt.Chart``, or bars as HTML."""
