"""Signs of box-ticking, and before and after a memorandum."""
