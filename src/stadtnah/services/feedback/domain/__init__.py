"""The rules of the feedback service: no CMS, no HTTP."""
