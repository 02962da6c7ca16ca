"""``python -m alliance_ref``: the command line."""

import sys

from alliance_ref.cli import main

sys.exit(main())
