"""Page types beyond the simple ones: landing page of a section, project, glossary."""
