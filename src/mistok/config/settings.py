"""Settings in three parts: Django, dependencies, ours. Each variable is listed in .env.example."""

import secrets
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from dotenv import load_dotenv

from mistok import __version__
from mistok.config.environment import flag, secret, site_address, text, whole, words
from mistok.config.logs import logging_settings

ROOT = Path(__file__).resolve().parents[3]
load_dotenv(ROOT / ".env")

# Ours -------------------------------------------------------------------------------------
MISTOK_VERSION = __version__
MISTOK_DATA = Path(text("MISTOK_DATA", str(ROOT / "var"))).absolute()
MISTOK_WORLD = MISTOK_DATA / "world"
MISTOK_ASSETS = Path(text("MISTOK_ASSETS", str(ROOT / "build" / "assets"))).absolute()
MISTOK_SECRET_PATH = MISTOK_DATA / "keys" / "secret_key"
MISTOK_CONTACT = text("MISTOK_CONTACT", "")
MISTOK_WORKERS = whole("MISTOK_WORKERS", 2)
MISTOK_THREADS = whole("MISTOK_THREADS", 4)
MISTOK_POSTING = flag("MISTOK_POSTING", True)
HTTPS = flag("MISTOK_HTTPS", False)
MISTOK_MAIL_HOST = text("MISTOK_MAIL_HOST", "")
MISTOK_MAIL_FOLDER = MISTOK_DATA / "mail"
MISTOK_ARCHIVE = MISTOK_DATA / "archive"
# What is fetched lies on the open internet; tests ask a server on this machine instead.
MISTOK_FETCH_PORTS = (80, 443)
MISTOK_FETCH_LOOPBACK = False

# Django -----------------------------------------------------------------------------------
DEBUG = flag("MISTOK_DEBUG", False)
# Commands that sign nothing run before the first start has made a key: they get a passing one.
SECRET_KEY = secret("MISTOK_SECRET_KEY", "") or (
    MISTOK_SECRET_PATH.read_text().strip()
    if MISTOK_SECRET_PATH.is_file()
    else secrets.token_urlsafe(48)
)
ALLOWED_HOSTS = words("MISTOK_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
# Letters and mails name pages by their whole address, also where no visitor has asked for one.
_HOST = next((host for host in ALLOWED_HOSTS if host[0] not in "*."), "localhost")
MISTOK_ADDRESS = site_address(
    text("MISTOK_ADDRESS", f"https://{_HOST}" if HTTPS else f"http://{_HOST}:8000")
)
CSRF_TRUSTED_ORIGINS = words("MISTOK_TRUSTED_ORIGINS", [])
ROOT_URLCONF = "mistok.config.urls"
WSGI_APPLICATION = "mistok.config.wsgi.application"
INSTALLED_APPS = [
    "mistok.config",
    "mistok.accounts",
    "mistok.provenance",
    "mistok.law",
    "mistok.registry",
    "mistok.needs",
    "mistok.partnering",
    "mistok.aid",
    "mistok.ingest",
    "mistok.web",
    "mistok.config.staff.StaffConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "leaflet",
]
MIDDLEWARE = [
    "mistok.web.middleware.request_log",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "mistok.web.middleware.without_nul",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "mistok.web.account.middleware.sessions_seen",
    "mistok.web.middleware.refusals",
    "mistok.api.middleware.problems",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "mistok.web.context.base",
            ],
            "builtins": ["django.templatetags.l10n", "mistok.web.templatetags.mistok"],
        },
    }
]
DATABASES = {
    "default": dj_database_url.parse(
        secret("DATABASE_URL", "") or f"sqlite:///{MISTOK_DATA / 'mistok.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # WAL lets readers go on while one writes; IMMEDIATE takes the write lock at once, so that
    # two writers wait for each other instead of failing half-way.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
        "PRAGMA foreign_keys=ON; PRAGMA mmap_size=134217728;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account:home"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
# Counted attempts and used codes, for all processes together; the table comes with a migration.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "mistok_attempts",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("uk", "Українська")]
LOCALE_PATHS = [ROOT / "src" / "mistok" / "web" / "locale"]
USE_I18N = True
TIME_ZONE = "UTC"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
STATIC_URL = "/static/"
STATIC_ROOT = MISTOK_ASSETS.parent / "static"
STATICFILES_DIRS = [MISTOK_ASSETS] if MISTOK_ASSETS.is_dir() else []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "mistok.web.pages.views.csrf_failed"
# Letters: to a mail server, or to files in the data folder while none is named.
EMAIL_BACKEND = "django.core.mail.backends." + (
    "smtp.EmailBackend" if MISTOK_MAIL_HOST else "filebased.EmailBackend"
)
EMAIL_FILE_PATH = MISTOK_MAIL_FOLDER
EMAIL_HOST = MISTOK_MAIL_HOST
EMAIL_PORT = whole("MISTOK_MAIL_PORT", 587)
EMAIL_HOST_USER = text("MISTOK_MAIL_USER", "")
EMAIL_HOST_PASSWORD = secret("MISTOK_MAIL_PASSWORD", "")
EMAIL_USE_SSL = flag("MISTOK_MAIL_TLS", True) and EMAIL_PORT == 465
EMAIL_USE_TLS = flag("MISTOK_MAIL_TLS", True) and EMAIL_PORT != 465
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = text("MISTOK_MAIL_FROM", "mistok@localhost")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
LOGGING = logging_settings(style=text("MISTOK_LOG", "console"))

# Dependencies -----------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        # Leaflet places what it draws with style attributes set by script, which needs no
        # exception; images are our own files and data: marks of the browser's own controls.
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
        "worker-src": [SELF],
    }
}
# Sign-in (ADR 19). Pages: web/templates/account, mfa, usersessions; what is ours: accounts/adapter.
ACCOUNT_ADAPTER = "mistok.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60  # a letter may take its time
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_LOGOUT_REDIRECT_URL = "pages:home"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True  # twelve hours, as SESSION_COOKIE_AGE says
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/15m/key"}
# Behind HTTPS stands exactly one proxy of ours, which appends the visitor's address.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if HTTPS else 0
MFA_ADAPTER = "mistok.accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "add_webauthn": "mistok.web.account.passkeys.AddPasskeyForm",
    "authenticate_webauthn": "mistok.web.account.passkeys.AuthenticatePasskeyForm",
    "login_webauthn": "mistok.web.account.passkeys.LoginPasskeyForm",
    "reauthenticate_webauthn": "mistok.web.account.passkeys.ReauthenticatePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Nobody signs in with an unconfirmed address; so a new one may wait beside a second factor.
MFA_ALLOW_UNVERIFIED_EMAIL = True
USERSESSIONS_TRACK_ACTIVITY = True
LEAFLET_CONFIG = {"TILES": [], "RESET_VIEW": False}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
