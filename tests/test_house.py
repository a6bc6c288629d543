"""The manners of the house, kept by counting: sizes, names, documents, what no file may hold."""

import ast
import io
import re
import socket
import subprocess
import tokenize
from functools import cache
from pathlib import Path

import allauth
import pytest
import pytest_socket

from mistok import __version__

ROOT = Path(__file__).resolve().parents[1]
SRC = ROOT / "src" / "mistok"
TEMPLATES = SRC / "web" / "templates"
MODULES = sorted(path for path in SRC.rglob("*.py") if "migrations" not in path.parts)
COMMANDS = [path for path in SRC.glob("*/management/commands/*.py") if path.stem != "__init__"]
FUNCTION, VIEW, CLASS, MODULE, TEMPLATE = 40, 20, 200, 300, 120
COMMAND, SETTINGS, TEST_FILE, STYLESHEET = 60, 250, 500, 30_000
VAGUE = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc", "tools"}
# Cut in two, so that this file does not hold what it looks for.
REGISTRIES = [
    "pypi" + ".org",
    "files.pythonhosted" + ".org",
    "test.pypi" + ".org",
    "registry.npmjs" + ".org",
    "registry.yarnpkg" + ".com",
    "npmjs" + ".com",
    "conda.anaconda" + ".org",
]
UNFINISHED = re.compile(r"\b(TODO|FIXME|HACK|NotImplementedError|NotImplemented)\b")


def short(path):
    return str(path.relative_to(ROOT))


@cache
def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def tracked():
    """Files that git keeps or is about to keep, with their texts (no pictures)."""
    names = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    found = {}
    for name in filter(None, names):
        path = ROOT / name
        if path.is_file():
            found[name] = path.read_bytes().decode("utf-8", errors="replace")
    return found


def sizes(kind, path):
    for node in ast.walk(tree(path)):
        if isinstance(node, kind):
            yield f"{short(path)}:{node.lineno} {node.name}", node.end_lineno - node.lineno + 1


def code_lines(path):
    """Lines that hold code: no comments, no docstrings, no blank lines."""
    lines = set()
    skipped = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}
    skipped |= {tokenize.ENCODING, tokenize.ENDMARKER}
    for token in tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline):
        alone = token.type == tokenize.STRING and not token.line[: token.start[1]].strip()
        if token.type not in skipped and not (alone and token.string.startswith('"""')):
            lines |= set(range(token.start[0], token.end[0] + 1))
    return len(lines)


def test_functions_fit_on_a_screen():
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    long = {name: n for path in MODULES for name, n in sizes(functions, path) if n > FUNCTION}
    assert long == {}


def test_views_only_load_call_and_answer():
    views = sorted(SRC.glob("web/*/views.py"))
    assert views
    long = {name: n for path in views for name, n in sizes(ast.FunctionDef, path) if n > VIEW}
    assert long == {}


def test_classes_are_small():
    long = {name: n for path in MODULES for name, n in sizes(ast.ClassDef, path) if n > CLASS}
    assert long == {}


def test_modules_templates_and_test_files_are_short():
    budgets = dict.fromkeys(MODULES, MODULE)
    budgets |= dict.fromkeys(TEMPLATES.rglob("*.html"), TEMPLATE)
    budgets |= dict.fromkeys((ROOT / "tests").rglob("*.py"), TEST_FILE)
    budgets[SRC / "config" / "settings.py"] = SETTINGS
    long = {
        short(path): lines
        for path, most in budgets.items()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > most
    }
    assert long == {}


def test_commands_only_parse_call_and_print():
    long = {short(path): n for path in COMMANDS if (n := code_lines(path)) > COMMAND}
    assert long == {}


def test_stylesheet_is_light():
    sheets = {short(path): path.stat().st_size for path in SRC.rglob("*.css")}
    assert sheets
    assert {name: size for name, size in sheets.items() if size > STYLESHEET} == {}


def test_modules_have_names_of_the_field():
    vague = [short(path) for path in MODULES if VAGUE & {path.stem, *path.relative_to(SRC).parts}]
    assert vague == []


def test_every_package_says_what_belongs_in_it():
    machinery = {"migrations", "management", "commands", "templatetags"}
    packages = [path for path in MODULES if path.name == "__init__.py"]
    rooms = [path for path in packages if not machinery & set(path.relative_to(SRC).parts)]
    silent = [short(path) for path in rooms if not ast.get_docstring(tree(path))]
    assert silent == []
    first_floor = [path for path in rooms if path.parent.parent == SRC]
    told = [
        short(p) for p in first_floor if "Does not belong here" not in ast.get_docstring(tree(p))
    ]
    assert told == []


def test_every_module_says_what_it_is():
    empty = [path for path in MODULES if not path.read_text(encoding="utf-8").strip()]
    silent = [short(p) for p in MODULES if p not in empty and not ast.get_docstring(tree(p))]
    assert silent == []


def test_every_template_is_used():
    texts = [path.read_text(encoding="utf-8") for path in MODULES]
    texts += [path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.html")]
    named = {name for text in texts for name in re.findall(r"""["']([\w/]+\.html)[#"']""", text)}
    there = {str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html")}
    # allauth asks for its pages by name; ours stand in their place.
    signing_in = Path(allauth.__file__).parent / "templates"
    theirs = {str(path.relative_to(signing_in)) for path in signing_in.rglob("*.html")}
    assert there - named - theirs == set()
    assert {name for name in named if name not in there and not name.startswith("admin/")} == set()


def settings_read():
    """Names of environment variables that the gate reads."""
    readers = {"text", "secret", "flag", "whole", "words"}
    for path in (SRC / "config").rglob("*.py"):
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.Call) or getattr(node.func, "id", "") not in readers:
                continue
            if node.args and isinstance(node.args[0], ast.Constant):
                yield node.args[0].value


def test_every_setting_is_in_the_example_and_in_the_reference():
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    listed = re.findall(r"^# ((?!NAME_FILE)[A-Z][A-Z0-9_]+)=", example, re.MULTILINE)
    assert set(listed) == set(settings_read())
    assert len(listed) == len(set(listed)) <= 30
    reference = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
    assert [name for name in listed if name not in reference] == []


def test_environment_is_read_in_one_place():
    elsewhere = [
        short(path)
        for path in MODULES
        if re.search(r"os\.(environ\b(?!\.setdefault)|getenv)", path.read_text(encoding="utf-8"))
    ]
    assert elsewhere == ["src/mistok/config/environment.py"]


def test_every_command_is_in_the_reference():
    reference = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    headings = set(re.findall(r"^## mistok ([\w-]+)$", reference, re.MULTILINE))
    assert headings == {path.stem for path in COMMANDS}


def test_changelog_begins_with_this_version():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## v?(\S+)", text, re.MULTILINE)[0] == __version__


def test_links_between_documents_lead_somewhere():
    broken = []
    for name, text in tracked().items():
        if not name.endswith(".md"):
            continue
        for link in re.findall(r"\]\(<?([^)#\s>]+)>?(?:#[^)]*)?\)", text):
            if not link.startswith(("http:", "https:", "mailto:", "/")):
                target = (ROOT / name).parent / link
                broken += [] if target.exists() else [f"{name}: {link}"]
    assert broken == []


def test_no_file_carries_the_address_of_a_registry():
    found = [
        (name, host) for name, text in tracked().items() for host in REGISTRIES if host in text
    ]
    assert found == []


def test_no_file_carries_a_path_of_this_machine():
    # A folder that every machine has, such as /srv, may well stand in a document as an example.
    everywhere = {"/", "/home", "/mnt", "/opt", "/srv", "/tmp", "/usr", "/var"}
    places = {str(ROOT), str(ROOT.parent), str(Path.home())} - everywhere
    pattern = re.compile("|".join(rf"(?<![\w.:/-]){re.escape(place)}/" for place in sorted(places)))
    found = {name: match[0] for name, text in tracked().items() if (match := pattern.search(text))}
    assert found == {}


def test_no_lock_file_that_carries_addresses():
    locks = {"uv.lock", "poetry.lock", "Pipfile.lock", "pdm.lock"}
    assert [name for name in tracked() if Path(name).name in locks] == []


@pytest.mark.parametrize("name", ["run", "dev", "bench"])
def test_every_pin_has_its_hashes(name):
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    pins = re.split(r"\n(?=[A-Za-z0-9])", "\n" + text.replace("\\\n", " "))[1:]
    assert len(pins) > 10
    assert [pin[:60] for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []
    assert "://" not in text


def test_every_requirement_is_pinned():
    for name in ("run", "dev", "bench"):
        wanted = (ROOT / "requirements" / f"{name}.in").read_text(encoding="utf-8")
        pinned = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8").lower()
        names = re.findall(r"^([A-Za-z][\w-]*)", wanted, re.MULTILINE)
        missing = [n for n in names if f"\n{n.lower()}" not in "\n" + pinned.replace("_", "-")]
        assert missing == []


def test_licence_is_apache():
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert licence.split()[:4] == ["Apache", "License", "Version", "2.0,"]
    assert 'license = "Apache-2.0"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_nothing_is_left_unfinished():
    paths = [*MODULES, *SRC.rglob("*.html"), *SRC.rglob("*.css"), *SRC.rglob("static*/*.js")]
    texts = {short(path): path.read_text(encoding="utf-8") for path in paths}
    assert {name for name, text in texts.items() if UNFINISHED.search(text)} == set()


@pytest.mark.filterwarnings("ignore:A test tried to use")
def test_outside_hosts_cannot_be_reached_by_tests():
    with pytest.raises(pytest_socket.SocketConnectBlockedError):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_every_test_is_in_a_folder_of_its_kind():
    own = {"test_house.py"}
    kinds = {"unit", "integration", "browser", "contracts"}
    strays = [
        short(path)
        for path in (ROOT / "tests").rglob("test_*.py")
        if path.name not in own and path.relative_to(ROOT / "tests").parts[0] not in kinds
    ]
    assert strays == []


def test_files_of_tests_have_names_of_their_own():
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert len(names) == len(set(names))
