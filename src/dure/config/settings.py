"""Django's settings. What a deployment may change comes from `dure.config.env`."""

import json
import os
import sys
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from dure.config import env

TESTING = "pytest" in sys.modules
HOME = env.throwaway_home() if TESTING else env.home()
DEBUG = env.flag("DURE_DEBUG")
env.keep_files_private()
SECRET_KEY = env.secret_key()
ALLOWED_HOSTS = env.words("DURE_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("DURE_ORIGINS")
# The publisher's own, from the Open Contracting Partnership; this one is the standard's example.
DURE_OCID_PREFIX = os.environ.get("DURE_OCID_PREFIX", "ocds-213czf")
BASE_URL = os.environ.get("DURE_BASE_URL", "http://127.0.0.1:8000")

INSTALLED_APPS = [
    # Ours before those of others: our templates and words for the same things come first.
    "dure.apps.people",
    "dure.apps.records",
    "dure.apps.trail",
    "dure.apps.notices",
    "dure.apps.uploads",
    "dure.apps.jobs",
    "dure.apps.ndas",
    "dure.apps.imports",
    "dure.apps.papers",
    "dure.apps.registers",
    "dure.apps.roadmaps",
    "dure.apps.programmes",
    "dure.apps.ledger",
    "dure.apps.catalog",
    "dure.apps.origins",
    "dure.apps.dataproducts",
    "dure.apps.matches",
    "dure.apps.introductions",
    "dure.apps.fairs",
    "dure.apps.briefings",
    "dure.apps.consultations",
    "dure.apps.challenges",
    "dure.apps.surveys",
    "dure.apps.operators",
    "dure.apps.calls",
    "dure.apps.applications",
    "dure.apps.selection",
    "dure.apps.agreements",
    "dure.apps.instruments",
    "dure.apps.projects",
    "dure.apps.royalties",
    "dure.apps.livinglabs",
    "dure.apps.deposits",
    "dure.apps.outcomes",
    "dure.apps.rooms",
    "dure.apps.deals",
    "dure.apps.exchange",
    "dure.apps.designations",
    "dure.apps.groups",
    "dure.apps.support",
    "dure.apps.mentoring",
    "dure.apps.training",
    "dure.apps.researchstaff",
    "dure.apps.councils",
    "dure.apps.indicators",
    "dure.apps.screening",
    "dure.apps.dashboards",
    "dure.foundation",
    "dure.foundation.ui",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_cotton",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    # Before whoever reads a body first, which is the check against forged forms.
    "dure.foundation.web.BodyLimit",
    "dure.foundation.web.FewUploads",
    "django.middleware.csrf.CsrfViewMiddleware",
    "dure.foundation.web.NoNul",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "dure.foundation.web.LanguageOfAccount",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "dure.foundation.web.SentOnce",
]

ROOT_URLCONF = "dure.config.urls"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "dure.foundation.ui.context.shell",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton"],
        },
    }
]
FORM_RENDERER = "dure.foundation.ui.forms.Renderer"

SERVER = "test-postgres" if TESTING else "postgres"
# Tests own their databases: they empty tables, and make and drop whole databases.
DATABASES = {
    "default": {
        **env.database(SERVER, is_owner=TESTING),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
DATABASE_OWNER = {} if TESTING else env.database_owner(SERVER)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Shared by all processes: what limits count. In the memory of each: figures that may be a minute old.
CACHES = {
    "default": {
        "BACKEND": "dure.foundation.sharedcache.SharedCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
    "own": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

# People
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "dashboards:start"
LOGOUT_REDIRECT_URL = "dashboards:start"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "dure.apps.people.forms.SignUpForm"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
# Only in the browser in which the account was made: one goes on where one was.
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[dure] "
ACCOUNT_ADAPTER = "dure.apps.people.adapter.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "dure.apps.people.adapter.SocialAccountAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_AUTO_SIGNUP = False  # so that everybody reads and agrees
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
# A JSON list of {"provider_id", "name", "client_id", "secret", "settings": {"server_url"}}.
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"APPS": json.loads(os.environ.get("DURE_OIDC", "[]"))}
}
# Where the browser is sent to sign in; a form that redirects there needs the policy's leave.
SIGN_IN_ORIGINS = [
    "{0.scheme}://{0.netloc}".format(urlsplit(app["settings"]["server_url"]))
    for app in SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
]

# Who runs the platform, as terms, privacy policy and the contact page name them.
DURE_OPERATOR = {
    "name": os.environ.get("DURE_OPERATOR_NAME", "두레 운영기관"),
    "address": os.environ.get("DURE_OPERATOR_ADDRESS", "-"),
    "email": os.environ.get("DURE_OPERATOR_EMAIL", "help@dure.example"),
    "phone": os.environ.get("DURE_OPERATOR_PHONE", "-"),
    "privacy_officer": os.environ.get("DURE_PRIVACY_OFFICER", "개인정보 보호책임자"),
}
# A folder with one's own versions of the legal texts, in place of those that come with dure.
DURE_LEGAL = os.environ.get("DURE_LEGAL", "")

# Language and time
LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", _("Korean")), ("en", _("English"))]
USE_I18N = True
TIME_ZONE = "Asia/Seoul"
USE_TZ = True

# Files
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
MEDIA_ROOT = HOME / "uploads"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG or TESTING
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024**2
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024**2
DURE_UPLOAD_LIMIT = 20 * 1024**2
DURE_FILES_AT_ONCE = 5
# How many forms with files of one account are worked on at once, over all processes.
DURE_UPLOADS_AT_ONCE = int(os.environ.get("DURE_UPLOADS_AT_ONCE", "2"))
# A file that comes in pieces and goes on after a lost connection: bytes of one, and of all that an
# account has sent without using it yet.
DURE_LARGE_UPLOAD_LIMIT = int(os.environ.get("DURE_LARGE_UPLOAD_LIMIT", str(1024**3)))
DURE_LARGE_UPLOADS_WAITING = int(os.environ.get("DURE_LARGE_UPLOADS_WAITING", str(2 * 1024**3)))
FILE_UPLOAD_PERMISSIONS = 0o600
# Keys that the platform makes for itself; a deployment keeps them off the database's machine.
DURE_KEYS = os.environ.get("DURE_KEYS", str(HOME / "keys"))
# An authority that timestamps the sealed record (RFC 3161): its address, and a file with its chain.
DURE_TSA = os.environ.get("DURE_TSA", "")
DURE_TSA_CHAIN = os.environ.get("DURE_TSA_CHAIN", "")
# After how long without a sign of life a worker counts as dead; it gives several in that time.
DURE_STALL_SECONDS = int(os.environ.get("DURE_STALL_SECONDS", "30"))

# The virus scanner for files that people hand in: host:port or a path; without one files are kept
# and marked as not scanned.
DURE_CLAMD = os.environ.get("DURE_CLAMD", "")

# Mail goes to files until a server is named.
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = HOME / "mail"
if os.environ.get("DURE_SMTP_HOST"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = os.environ["DURE_SMTP_HOST"]
    EMAIL_PORT = int(os.environ.get("DURE_SMTP_PORT", "587"))
    EMAIL_HOST_USER = os.environ.get("DURE_SMTP_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("DURE_SMTP_PASSWORD", "")
    EMAIL_USE_TLS = True
DEFAULT_FROM_EMAIL = os.environ.get("DURE_MAIL_FROM", "dure@localhost")

# Text messages: without an address they are written to a file and not sent.
DURE_MESSAGING_URL = os.environ.get("DURE_MESSAGING_URL", "")
DURE_MESSAGING_KEY = os.environ.get("DURE_MESSAGING_KEY", "")
DURE_MESSAGING_FILE = HOME / "messages.jsonl"

# API: calls a minute for each key or address (0: no limit); proxies that stand before the site.
DURE_API_PER_MINUTE = int(os.environ.get("DURE_API_PER_MINUTE", "600"))
DURE_PROXIES = ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("DURE_PROXIES", "0"))

# Matching
DURE_INDEX = os.environ.get("DURE_INDEX", str(HOME / "index"))
DURE_EMBEDDER = os.environ.get("DURE_EMBEDDING", "bundled")
DURE_DATA = env.real_data()

# What translates between Korean and English (`foundation/translating`): empty, nothing does.
DURE_TRANSLATOR = os.environ.get("DURE_TRANSLATOR", "")

# After how many days without a word the office is asked to remind two whom it introduced.
DURE_SILENT_DAYS = int(os.environ.get("DURE_SILENT_DAYS", "7"))

# History: who did it stands beside every change, and no change to the history is possible.
PGHISTORY_CONTEXT_FIELD_ATTRIBUTES = {"null": True}

# Security
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "worker-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF, *SIGN_IN_ORIGINS],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
if BASE_URL.startswith("https://"):
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    ACCOUNT_RATE_LIMITS = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("DURE_LOG", "WARNING")},
}
