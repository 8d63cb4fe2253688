"""Independent recomputation of every indicator from the base tables in plain pandas, compared cell by cell.

Nothing here is shared with :mod:`queries` but what is compared, nor with the declarations of indicators but their
codes: rules, smallest numbers and statistics are written once more, as the published method states them.
"""
