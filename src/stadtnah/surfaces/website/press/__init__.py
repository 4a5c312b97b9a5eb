"""The area for journalists: press releases, pictures and files with what they may be used for, whom to ask."""
