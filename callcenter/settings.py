"""All settings, read top to bottom from the environment (docs/running.md lists the variables)."""

import secrets
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from callcenter import wiring

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# Embedded: ./run and ./check bring up their own servers. Anything else is production and says what it needs.
EMBEDDED = env.bool("CALLCENTER_EMBEDDED", default=False)
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default=secrets.token_urlsafe(50)) if EMBEDDED else env.str("SECRET_KEY")
# Keys of before: what they signed and encrypted can still be read.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["*"] if EMBEDDED else [])
PUBLIC_URL = env.str("PUBLIC_URL", default="http://127.0.0.1:8000" if EMBEDDED else environ.Env.NOTSET)

DATABASES = {
    "default": {
        **env.db(
            "DATABASE_URL", default="postgres://callcenter@/callcenter" if EMBEDDED else environ.Env.NOTSET
        ),
        "CONN_MAX_AGE": env.int("CONN_MAX_AGE", default=60),
        "CONN_HEALTH_CHECKS": True,
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="redis://127.0.0.1:6379/0" if EMBEDDED else environ.Env.NOTSET)
# redis-py says unix://, kombu redis+socket://: two spellings of one address.
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}

# Without EMAIL_URL the embedded product keeps its mail in a page; production must name a server.
MAILBOX = EMBEDDED and "EMAIL_URL" not in env.ENVIRON
if MAILBOX:
    EMAIL_BACKEND = "callcenter.outbox.mailbox.MailboxBackend"
else:
    _mail = env.email_url("EMAIL_URL")
    EMAIL_BACKEND, EMAIL_HOST, EMAIL_PORT = _mail["EMAIL_BACKEND"], _mail["EMAIL_HOST"], _mail["EMAIL_PORT"]
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"], _mail["EMAIL_HOST_PASSWORD"]
    EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.get("EMAIL_USE_TLS", False), _mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Harbour Desk <desk@localhost>")
MAIL_DOMAIN = env.str("MAIL_DOMAIN", default=urlsplit(PUBLIC_URL).hostname or "localhost")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "django_filters",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "rules.apps.AutodiscoverRulesConfig",
    "callcenter",
    "callcenter.audit",
    "callcenter.outbox",
    "callcenter.worktime",
    "callcenter.lists",
    "callcenter.jobs",
    "callcenter.imports",
    "callcenter.rest",
    "callcenter.tokens",
    "callcenter.styleguide",
    "callcenter.ops",
    "agents",
    "calls",
    "complaints",
    "feedback",
    "floor",
    "kpi",
    "shifts",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    # Before everything that knows people.
    "callcenter.unnamed.middleware.UnnamedMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "callcenter.http.LeadOnMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "callcenter.http.PersonMiddleware",
    "callcenter.navigation.OwnActsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "agents.middleware.SessionSeenMiddleware",
    "agents.middleware.SecondFactorMiddleware",
    "callcenter.http.DomainErrorMiddleware",
]
ROOT_URLCONF = "callcenter.urls"
WSGI_APPLICATION = "callcenter.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "callcenter.navigation.frame",
            ],
        },
    },
]
FORM_RENDERER = "callcenter.form_renderer.FormRenderer"

# Who signs in, and how
AUTH_USER_MODEL = "agents.User"
AUTHENTICATION_BACKENDS = ["agents.backends.PersonBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "agents.adapters.ClosedDoorAdapter"
ACCOUNT_FORMS = {
    "login": "agents.sign_in.SignInForm",
    "change_password": "agents.sign_in.NewPasswordForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = "work_number"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
# The lock-out: five failures for one work number, or fifty from one address (a site shares one), in five minutes.
ACCOUNT_RATE_LIMITS = {"login_failed": "50/5m/ip,5/5m/key"}
# How many proxies stand before us; the last of them tells where somebody signs in from.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=0)
SESSION_COOKIE_AGE = 12 * 3600
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

# The second step at sign-in, and passkeys: everybody's own choice, unless a role here must have one (docs/accounts.md)
MFA_REQUIRED_ROLES = env.list("MFA_REQUIRED_ROLES", default=[])
MFA_ADAPTER = "agents.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
# A phone's clock may be half a minute off, and a code may end while it is typed (RFC 6238, 5.2).
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "agents.sign_in.SecondStepForm",
    "reauthenticate": "agents.sign_in.ConfirmByCodeForm",
    "activate_totp": "agents.sign_in.NewAppForm",
    "add_webauthn": "agents.sign_in.NewPasskeyForm",
    "edit_webauthn": "agents.sign_in.PasskeyNameForm",
}
# Browsers allow passkeys without TLS on localhost alone.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = EMBEDDED

# Sign-in by the company's directory, where one is named
OIDC_ISSUER = env.str("OIDC_ISSUER", default="")
if OIDC_ISSUER.startswith("http:") and not EMBEDDED:
    message = "OIDC_ISSUER must begin with https: what it says of people is trusted because of that"
    raise ImproperlyConfigured(message)
OIDC_NUMBER_CLAIM = env.str("OIDC_NUMBER_CLAIM", default="preferred_username")
SOCIALACCOUNT_ADAPTER = "agents.adapters.DirectoryAdapter"
# A form that leads to another host is what the content security policy refuses; a link does it.
SOCIALACCOUNT_LOGIN_ON_GET = True
if OIDC_ISSUER:
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "company",
                    "name": env.str("OIDC_NAME", default=urlsplit(OIDC_ISSUER).hostname),
                    "client_id": env.str("OIDC_CLIENT_ID"),
                    "secret": env.str("OIDC_CLIENT_SECRET", default=""),
                    "settings": {"server_url": OIDC_ISSUER, "oauth_pkce_enabled": True},
                }
            ]
        }
    }

# Languages and time
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hans", _("简体中文")), ("zh-hant", _("繁體中文"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["callcenter.formats"]
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# Files
STATIC_URL = "static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=BASE_DIR / ".run" / "static")()
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "callcenter.vendor.VendorFinder",
]
WHITENOISE_USE_FINDERS = EMBEDDED
# Private: no address leads here; views that ask for the right hand a file out.
MEDIA_ROOT = env.path("FILES_ROOT", default=BASE_DIR / ".run" / "files" if EMBEDDED else environ.Env.NOTSET)()
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": MEDIA_ROOT,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if EMBEDDED
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}

# Closed unless opened
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
if not EMBEDDED:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True

# What the kernel runs for the apps
LISTS = wiring.LISTS
JOB_KINDS = wiring.JOB_KINDS
IMPORT_KINDS = wiring.IMPORT_KINDS
SEARCHES = wiring.SEARCHES
COUNTS = wiring.COUNTS
FRAME_PARTS = wiring.FRAME_PARTS
PLACES = wiring.PLACES

# REST. The parameter “format” of the framework is off: unknown parameters are refused by name.
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "callcenter.tokens.authentication.TokenAuthentication",
        "callcenter.rest.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticated",
        "callcenter.rest.permissions.HasScope",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["callcenter.rest.parsing.Json"],
    "DEFAULT_SCHEMA_CLASS": "callcenter.rest.schema.Schema",
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "callcenter.rest.errors.refusal",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "URL_FORMAT_OVERRIDE": None,
}
# Of one token, one person's session, or one network address that has shown neither.
API_REQUESTS_A_MINUTE = {
    "read": env.int("API_READS_A_MINUTE", default=600),
    "write": env.int("API_WRITES_A_MINUTE", default=60),
    "stranger": env.int("API_STRANGERS_A_MINUTE", default=60),
}
SPECTACULAR_SETTINGS = {
    "TITLE": _("Harbour Desk"),
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": wiring.ENUM_NAMES,
}

# Workers: a lost task is harmless, since the next sweep finds what it left (docs/architecture.md)
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 900}
CELERY_BEAT_MAX_LOOP_INTERVAL = 5
SWEEP_SECONDS = env.int("CALLCENTER_SWEEP_SECONDS", default=10)
# The day of the month from which on the assessments of the month before begin by themselves.
ASSESSMENT_DAY = min(max(env.int("ASSESSMENT_DAY", default=3), 1), 28)
# Every task by the seconds between two of its runs; one that was not taken by then is not made up for.
CELERY_BEAT_SCHEDULE = {
    name: {"task": name, "schedule": seconds, "options": {"expires": seconds}}
    for seconds, names in [(SWEEP_SECONDS, wiring.SWEEPS), *wiring.TASKS.items()]
    for name in names
}
# Long work has workers of its own, so that no sweep waits behind it.
CELERY_TASK_ROUTES = {"jobs.run": {"queue": "jobs"}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"rules": {"()": "callcenter.log_rules.LogRules"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["rules"]}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
