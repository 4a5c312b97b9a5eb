"""Service mail of the cell itself (sign-in, reminders). Newsletters use the SMTP settings of their account."""

from __future__ import annotations

from stadtnah.project.settings import env

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.text("SMTP_HOST", "localhost")
EMAIL_PORT = env.number("SMTP_PORT", 25)
EMAIL_HOST_USER = env.text("SMTP_USER")
EMAIL_HOST_PASSWORD = env.text("SMTP_PASSWORD")
EMAIL_USE_TLS = env.flag("SMTP_STARTTLS", default=False)
EMAIL_USE_SSL = env.flag("SMTP_TLS", default=False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", "stadtnah@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
if env.mode() == "demo":
    # The demo sends nothing out: every mail lands in the local mailbox at /-/mailbox/.
    EMAIL_BACKEND = "stadtnah.project.mailbox.FolderBackend"
