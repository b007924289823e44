"""Installed apps, middleware and templates; order matters and is explained where it does."""

from typing import Any

ROOMS = [
    "cms",
    "search",
    "cms.pages",
    "cms.grants",
    "cms.events",
    "cms.forms",
    "cms.messages",
    "cms.accounts",
    "cms.audit",
    "cms.jobs",
    "cms.core",
]

INSTALLED_APPS = [
    *ROOMS,  # Before Wagtail and allauth, so that our templates win.
    "wagtail_localize",
    "wagtail_localize.locales",  # Instead of wagtail.locales: keeps the language tree in step.
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "cms.accounts.wagtail_users.UsersConfig",  # wagtail.users with our views of people.
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",  # Never together with modelsearch: index tasks would fail quietly.
    "wagtail.admin",
    "wagtail",
    "django_tasks",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",  # Widget templates of apps are found only with it.
]

MIDDLEWARE = [
    "cms.pages.cache.middleware.PageCacheMiddleware",  # First: what it answers costs nothing else.
    "cms.core.arrival.ArrivalMiddleware",  # Before anything reads: the moment decides deadlines.
    "cms.core.request_id.RequestIDMiddleware",
    "cms.core.security.headers.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cms.core.prefix.LanguagePrefixMiddleware",
    "cms.core.security.bodies.BodyLimitMiddleware",  # Before the token is looked for: that reads all.
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cms.core.admin.csp.PolicyMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "cms.accounts.second_factor.SecondFactorMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "cms.pages.context.site",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
