"""``python -m dateline`` is the command."""

import sys

from dateline._command import main

sys.exit(main())
