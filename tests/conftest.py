"""Ground for every test: own data folder, own world, no sockets but loopback, a fixed cast.

This file is read before Django's settings, so what it puts into the environment holds for them.
"""

import os
import shutil
import tempfile
from pathlib import Path
from types import SimpleNamespace

import django
import hypothesis
import pytest
import pytest_socket
from django.conf import settings

ROOT = Path(__file__).resolve().parents[1]
LOOPBACK = ["127.0.0.1", "::1", "localhost"]
GROUND = Path(tempfile.mkdtemp(prefix="mistok-test-"))
TEST_WORLD = ROOT / "build" / "test-world"


def _lay_ground() -> None:
    """A data folder that borrows the test world, and static files beside it."""
    TEST_WORLD.mkdir(parents=True, exist_ok=True)
    (GROUND / "data").mkdir()
    (GROUND / "data" / "world").symlink_to(TEST_WORLD)
    (GROUND / "assets").symlink_to(ROOT / "build" / "assets")
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "mistok.config.settings",
        "MISTOK_DATA": str(GROUND / "data"),
        "MISTOK_ASSETS": str(GROUND / "assets"),
        "MISTOK_HOSTS": "testserver,localhost,127.0.0.1,[::1]",
        "MISTOK_LOG": "console",
    }
    # Set, though empty, so that a developer's own .env changes no test.
    for name in (
        "MISTOK_SECRET_KEY MISTOK_SECRET_KEY_FILE MISTOK_TRUSTED_ORIGINS MISTOK_HTTPS MISTOK_DEBUG "
        "MISTOK_CONTACT MISTOK_WORKERS MISTOK_THREADS DATABASE_URL_FILE MISTOK_MAIL_HOST "
        "MISTOK_MAIL_PORT MISTOK_MAIL_USER MISTOK_MAIL_PASSWORD MISTOK_MAIL_PASSWORD_FILE "
        "MISTOK_MAIL_TLS MISTOK_MAIL_FROM MISTOK_ADDRESS MISTOK_POSTING"
    ).split():
        os.environ[name] = ""
    os.environ.setdefault("DATABASE_URL", "")


_lay_ground()
django.setup()
# Only now: it reads the models.
from open_ledger import let_flush_pass  # noqa: E402

let_flush_pass()
# Hashing that takes its time is what passwords need, and not what tests need.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Not handed down: a parallel worker would load the settings before it has laid its own ground.
del os.environ["DJANGO_SETTINGS_MODULE"]
# A busy machine is no failure, and what fails in CI fails for everybody.
hypothesis.settings.register_profile(
    "house", max_examples=50, deadline=None, derandomize=bool(os.environ.get("CI")), print_blob=True
)
hypothesis.settings.load_profile("house")


def pytest_unconfigure() -> None:
    """Nothing of a run is left behind but the test world, which the next run needs."""
    shutil.rmtree(GROUND, ignore_errors=True)


def pytest_runtest_setup() -> None:
    """Outside services are never asked: only this machine can be reached."""
    pytest_socket.socket_allow_hosts(LOOPBACK, allow_unix_socket=True)


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of shared test data (MISTOK_SHARED, else `shared` beside the checkout).

    Where it is missing a test is skipped; in CI, where it must not be, the test fails.
    """
    folder = Path(os.environ.get("MISTOK_SHARED") or ROOT.parent / "shared")
    if not (folder / "data").is_dir():
        sentence = f"The shared test data is not in {folder}; name its folder in MISTOK_SHARED."
        if os.environ.get("CI"):
            pytest.fail(sentence)
        pytest.skip(sentence)
    return folder


@pytest.fixture(scope="session")
def world():
    """The compiled gazetteer of the tests; built when it is missing or older than the program."""
    from mistok.registry.gazetteer import the_world
    from mistok.world import build

    build(TEST_WORLD)
    return the_world()


@pytest.fixture(scope="session")
def static_files():
    """Page assets under their hashed names, as the templates ask for them."""
    from django.conf import settings
    from django.core.management import call_command
    from whitenoise.middleware import WhiteNoiseMiddleware

    # Hashed names without the compressing, which is slow and changes no page.
    storage = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": storage}}
    call_command("collectstatic", verbosity=0, interactive=False)
    files = WhiteNoiseMiddleware().files
    with pytest.MonkeyPatch.context() as patch:
        # Each client of a test makes the middleware anew; it need not look at every file again.
        patch.setattr(
            WhiteNoiseMiddleware, "add_files", lambda self, *_, **__: self.files.update(files)
        )
        yield settings.STATIC_ROOT


@pytest.fixture
def cast(db):
    """Owner and partner of a tie, the coordinator who is a steward, and a stranger."""
    from mistok.accounts.models import User
    from mistok.accounts.services import stewards

    def person(name, **rights):
        user = User(email=f"{name}@example.org", **rights)
        user.set_unusable_password()
        user.save()
        return user

    coordinator = person("coordinator", is_staff=True)
    coordinator.groups.add(stewards())
    return SimpleNamespace(
        owner=person("owner"),
        partner=person("partner"),
        coordinator=coordinator,
        stranger=person("stranger"),
    )
