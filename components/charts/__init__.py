"""Chart builders: a tidy frame and a translator go in, an ``alt.Chart`` comes out."""
