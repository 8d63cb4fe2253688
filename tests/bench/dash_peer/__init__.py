"""A Dash app that shows what the Overview shows: the peer that someone who knows Dash would have written instead."""
