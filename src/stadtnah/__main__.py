"""`python -m stadtnah`."""

from __future__ import annotations

import sys

from stadtnah.project.cli import main

sys.exit(main())
