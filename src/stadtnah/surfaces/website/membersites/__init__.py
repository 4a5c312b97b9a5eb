"""Sites of districts and member communities: each a prefix of the one address space, with a look and menus of its own."""
