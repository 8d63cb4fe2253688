"""``python -m data COMMAND``: the commands of :mod:`data.cli`, and ``notify``, whose files need the floors above."""

from __future__ import annotations

import sys

from data.cli import COMMANDS, main
from web.notices import notify

if __name__ == "__main__":
    sys.exit(main(commands=(*COMMANDS, notify)))
