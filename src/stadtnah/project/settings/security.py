"""Sign-in, cookies, headers."""

from __future__ import annotations

from urllib.parse import urlsplit

from stadtnah.project.settings import env

_data = env.data_folder()
SECRET_KEY = env.text("SECRET_KEY") or env.secret_file(_data / "keys" / "django.key")
STADTNAH_KEY_FILE = _data / "keys" / "vault.key"

_base = urlsplit(env.text("BASE_URL", "http://localhost:8000"))
_https = _base.scheme == "https"
ALLOWED_HOSTS = env.listed("HOSTS") or sorted(
    {_base.hostname or "localhost", "localhost", "127.0.0.1", "[::1]"}
)
CSRF_TRUSTED_ORIGINS = [f"{_base.scheme}://{_base.netloc}"] if _https else []
USE_X_FORWARDED_HOST = False
_behind_proxy = env.flag("BEHIND_TLS_PROXY", default=_https)
if _behind_proxy:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Whose X-Forwarded-For is believed: wrong sign-ins are counted per address, and not all for the proxy's.
STADTNAH_TRUSTED_PROXIES = env.networks("TRUSTED_PROXIES", "127.0.0.1,::1" if _behind_proxy else "")

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "stadtnah-sitzung"
CSRF_COOKIE_NAME = "stadtnah-csrf"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_ENGINE = "stadtnah.kernel.identity.sessions"  # before a sign-in an hour
CSRF_FAILURE_VIEW = "stadtnah.surfaces.desk.errors.csrf"
CSRF_USE_SESSIONS = True  # no cookie on public pages and forms; the sign-in form sets that of its session
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # the desk shows its own previews in frames

AUTH_USER_MODEL = "identity.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/konto/login/"
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False

ACCOUNT_ADAPTER = "stadtnah.kernel.identity.adapter.StaffOnlyAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by the municipality, with a known address
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody without an account gets mail from here
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
MFA_ADAPTER = "stadtnah.kernel.identity.adapter.SealedMfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _https
# A release by a person with a second factor asks for it again after this many seconds.
STADTNAH_SECOND_FACTOR_SECONDS = env.number("SECOND_FACTOR_SECONDS", 900)
STADTNAH_SECOND_FACTOR_REQUIRED = env.flag("SECOND_FACTOR_REQUIRED", default=env.mode() == "production")
