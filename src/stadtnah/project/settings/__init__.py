"""Settings: `stadtnah.project.settings.base` for every cell, `.test` for the suite."""
