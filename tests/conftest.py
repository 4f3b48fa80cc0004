"""What all tests share: real folders, the real database, the real model. Nothing is mocked.

- ``data``: an empty data folder; ``db``: its database.
- ``desk``: a data folder with a small glossary and one article (``ARTICLE``), not yet translated.
- ``client``: the pages over ``desk``, without the background thread.
- ``run``: the command line over ``desk``, as a function: ``run("show", "1", "--json").json``.
- ``engine``: the shipped model, loaded once for all tests.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from sqlite_utils import Database

from workbench import glossary, machine
from workbench.cli import main
from workbench.library import import_files
from workbench.machine.engine import Engine
from workbench.store import FILENAME, backup, open_database

ROOT = Path(__file__).parents[1]
SHARED_SEEDS = ROOT.parent / "shared" / "seeds"
SAMPLES = sorted((ROOT / "seeds").iterdir())
REAL_ARTICLES = sorted(SHARED_SEEDS.iterdir()) if SHARED_SEEDS.is_dir() else []

ARTICLE = """Việt Nam và Trung Quốc tăng cường hợp tác thực chất
Chiều 3/2, tại Hà Nội, Bộ trưởng Ngoại giao Lê Hoài Trung đã hội đàm với ông Vương Nghị.
Hai bên nhất trí tăng cường tin cậy chính trị. Kim ngạch thương mại đạt 42 tỷ USD.
Quang cảnh hội đàm - Ảnh: TTXVN
"""
GLOSSARY = """source,target,category,use,target_variants,forbidden
Bộ trưởng Ngoại giao,Foreign Minister,title,enforce,Minister of Foreign Affairs,Minister of Exterior
Lê Hoài Trung,Le Hoai Trung,person,enforce,,
Vương Nghị,Wang Yi,person,enforce,,
tin cậy chính trị,political trust,phrase,enforce,,
nhất trí,agree,phrase,suggest,,
"""


# What takes longest begins first, so that in the end no process is left alone with it.
LONGEST = ("tests/browser/test_axe.py", "tests/training/test_pipeline.py", "tests/browser/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def rank(item: pytest.Item) -> int:
        return next((n for n, start in enumerate(LONGEST) if item.nodeid.startswith(start)), len(LONGEST))

    items.sort(key=rank)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def db(data: Path) -> Iterator[Database]:
    database = open_database(data)
    yield database
    database.close()


@pytest.fixture(scope="session")
def made_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The backup of the desk that every test begins with."""
    folder = tmp_path_factory.mktemp("desk")
    database = open_database(folder / "data")
    assert not glossary.import_csv(database, GLOSSARY, author="Lan").errors
    assert not import_files(database, [("hoi-dam.txt", ARTICLE.encode())], author="Lan").errors
    backup(database, folder / FILENAME)
    database.close()
    return folder / FILENAME


@pytest.fixture
def desk(data: Path, made_desk: Path) -> Path:
    data.mkdir()
    shutil.copy(made_desk, data)
    open_database(data).close()
    return data


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def client(desk: Path, compiled_templates: FileSystemBytecodeCache) -> FlaskClient:
    from workbench.web import create_app

    app = create_app(desk, background=False)
    app.jinja_env.bytecode_cache = compiled_templates
    return app.test_client()


@pytest.fixture(scope="session")
def model_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which the shipped model is unpacked."""
    return tmp_path_factory.mktemp("model")


@pytest.fixture(scope="session")
def engine(model_folder: Path) -> Engine:
    return machine.load(model_folder)


@pytest.fixture
def with_model(desk: Path, model_folder: Path, engine: Engine) -> Path:
    """``desk`` with the model that is unpacked already, so that no test unpacks it again."""
    (desk / "models").symlink_to(model_folder / "models", target_is_directory=True)
    return desk


@dataclass(frozen=True)
class Ran:
    """What a command did: its exit status, what it printed, what it complained about."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON document on stdout (nothing else may be there)."""
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def run(desk: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("WORKBENCH_USER", "Minh")

    def call(*arguments: str | int | Path, stdin: bytes | None = None, data: Path = desk) -> Ran:
        result = CliRunner().invoke(main, ["--data", str(data), *map(str, arguments)], input=stdin)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Ran(result.exit_code, result.stdout, result.stderr)

    return call


def token(client: FlaskClient) -> str:
    """The CSRF token of the client's session, as every page carries it."""
    found = re.search(r'name="csrf-token" content="([^"]+)"', client.get("/").text)
    assert found
    return found[1]


def post(client: FlaskClient, path: str, **fields: Any) -> Any:
    """Send a form as a browser without JavaScript does; ``fields`` may hold (stream, name) files."""
    return client.post(path, data={"csrf_token": token(client), **fields})


def letters(text: str) -> str:
    """``text`` without white space: by this two texts have the same words in the same order."""
    return "".join(text.split())
