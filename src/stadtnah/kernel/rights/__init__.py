"""Who may show a picture or a film where, and until when: licence, people, their consents. Others use `rights.api`."""
