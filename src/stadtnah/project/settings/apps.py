"""Installed applications and the way of a request."""

from __future__ import annotations

INSTALLED_APPS = [
    "stadtnah.project",
    "stadtnah.kernel.identity",
    "stadtnah.kernel.access",
    "stadtnah.kernel.audit",
    "stadtnah.kernel.jobs",
    "stadtnah.kernel.town",
    "stadtnah.kernel.privacy",
    "stadtnah.publishing",
    "stadtnah.channels.mastodon",
    "stadtnah.channels.bluesky",
    "stadtnah.channels.newsletter",
    "stadtnah.services.feedback",
    "stadtnah.surfaces.website",
    "stadtnah.surfaces.website.documents",
    "stadtnah.surfaces.website.pagetypes",
    "stadtnah.surfaces.website.offices",
    "stadtnah.surfaces.website.blog",
    "stadtnah.surfaces.website.press",
    "stadtnah.surfaces.website.moving_in",
    "stadtnah.surfaces.website.forwarding",
    "stadtnah.surfaces.website.helpful",
    "stadtnah.surfaces.website.legal",
    "stadtnah.surfaces.website.search",
    "stadtnah.surfaces.website.languages",
    "stadtnah.surfaces.website.quality",
    "stadtnah.surfaces.desk",
    "wagtail.users",
    "wagtail.images",
    "wagtail.documents",
    "wagtail.admin",
    "wagtail.search",
    "wagtail.sites",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",  # allauth's page of passkeys
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "stadtnah.surfaces.desk.headers.Headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "stadtnah.surfaces.desk.gateway.Gateway",
    "stadtnah.surfaces.desk.second_factor.StepUp",
    "stadtnah.project.plain.PlainText",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "stadtnah.surfaces.desk.shell.desk",
            ],
        },
    },
]
