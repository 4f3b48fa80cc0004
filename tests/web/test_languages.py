"""The interface in Vietnamese: nothing left out, nothing left over, every page, dates, the switch."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.frontend import CommandLineInterface
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask.testing import FlaskClient

from tests.conftest import ROOT, post
from tests.web.test_pages import GOOD, edited, machine_translated
from workbench import editing
from workbench.checks import CHECKS, check_segment
from workbench.names import propose
from workbench.store import connect, revisions
from workbench.web.labels import check_name, evidence
from workbench.web.language import check_message, gettext, ngettext, spoken
from workbench.wording import Message, message_of

CATALOG = ROOT / "workbench" / "web" / "translations" / "vi" / "LC_MESSAGES" / "messages.po"
VIETNAMESE = {"Accept-Language": "vi,en;q=0.5"}
PLACEHOLDER = re.compile(r"%\(\w+\)[drs]|%%|\{\w+\}")
# Names of formats, keys, products; the words of the glossary's columns.
SAME = {
    *("CSV", "TBX", "HTML", "Markdown", "Word", "Song Ngữ", "English", "Tiếng Việt", "Enter", "Ctrl", "Alt", "Esc"),
    *("source", "target", "category", "use", "status", "note", "yes", "no"),
}
ENGLISH = re.compile(
    r"\b(?:the|of|and|is|are|was|were|with|this|that|not|no|an?|or|by|for|from|in|it|rows?|articles?|terms?|approved?"
    r"|draft|save|saved|show|add|search|export|import|machine|edited|new|changed|error|warning|missing)\b",
    re.IGNORECASE,
)


def texts(entry: Entry) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is to be translated, and the translation."""
    said = entry.string or ""
    return (
        (entry.id,) if isinstance(entry.id, str) else tuple(entry.id),
        (said,) if isinstance(said, str) else tuple(said),
    )


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    with CATALOG.open("rb") as file:
        return read_po(file)


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """What the program says in English now, as ``make messages`` collects it."""
    file = tmp_path_factory.mktemp("messages") / "messages.pot"
    options = ["-F", str(ROOT / "pyproject.toml"), "-o", str(file), str(ROOT / "workbench")]
    CommandLineInterface().run(["pybabel", "-q", "extract", *options])
    with file.open("rb") as stream:
        return read_po(stream)


def test_every_message_is_translated(catalog: Catalog, extracted: Catalog) -> None:
    missing = [e.id for e in extracted if e.id and not ((found := catalog.get(e.id)) and all(texts(found)[1]))]
    assert not missing, "add these to messages.po (make messages)"


def test_no_translation_is_left_over(catalog: Catalog, extracted: Catalog) -> None:
    assert not [e.id for e in catalog if e.id and extracted.get(e.id) is None]
    assert not catalog.obsolete


def test_no_translation_is_guessed(catalog: Catalog) -> None:
    assert not [e.id for e in catalog if e.fuzzy]


def test_translations_keep_the_placeholders(catalog: Catalog) -> None:
    """``num`` may be left out of a plural and come back: ``the one``, ``all %(num)d``."""
    wrong = []
    for entry in catalog:
        english, vietnamese = texts(entry)
        wanted = sorted(PLACEHOLDER.findall(english[-1]))
        if entry.id and any(sorted(PLACEHOLDER.findall(said)) != wanted for said in vietnamese):
            wrong.append(entry.id)
    assert not wrong


def test_translations_begin_and_end_as_the_english(catalog: Catalog) -> None:
    """A sentence stays a sentence; ``…`` and ``:`` stay."""
    wrong = []
    for entry in catalog:
        english, vietnamese = texts(entry)
        for said in vietnamese if entry.id else ():
            ends = [text[-1] if text and text[-1] in ".…:?!" else "" for text in (english[-1], said)]
            if ends[0] != ends[1] or said != said.strip():
                wrong.append((english[-1], said))
    assert not wrong


def test_the_compiled_catalog_is_that_of_the_source(catalog: Catalog) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    assert CATALOG.with_suffix(".mo").read_bytes() == compiled.getvalue(), "make messages"


# --- pages


class Visible(HTMLParser):
    """The texts of a page that are of the interface: content in a language of its own is left out."""

    VOID = frozenset({"input", "meta", "link", "br", "hr", "img"})
    SILENT = frozenset({"script", "style", "textarea", "kbd"})
    SHOWN = ("title", "aria-label", "placeholder", "data-label")

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        inside = bool(self.open) and self.open[-1][1]
        # What has a language is a text of the article or the glossary, but for labels inside of such.
        label = not {"kind", "chip"}.isdisjoint(given.get("class", "").split())
        silent = inside or tag in self.SILENT or (tag != "html" and "lang" in given)
        silent = silent and not (label and given.get("lang") == "vi")
        for name, value in attrs:
            if value and not silent and (name in self.SHOWN or name.startswith("data-text")):
                self.found.append(value)
        if tag not in self.VOID:
            self.open.append((tag, silent))

    def handle_endtag(self, tag: str) -> None:
        while self.open:
            if self.open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        if self.open and not self.open[-1][1] and data.strip():
            self.found.append(data.strip())


def visible(page: str) -> list[str]:
    parser = Visible()
    parser.feed(page)
    return parser.found


def prepared(client: FlaskClient, desk: Path) -> None:
    """An article in every state: machine, draft with a wrong number, approved, commented, merged, a memory."""
    machine_translated(desk)
    db = connect(desk)
    editing.save(db, 2, GOOD, base=None, author="Lan")
    editing.approve(db, 2, author="Lan")
    editing.save(db, 4, "Trade turnover reached 43 billion  USD", base=None, author="Lan")
    editing.comment(db, 4, "Xem lại.", author="Minh")
    db.close()


PAGES = [
    *("/", "/?state=archived", "/?q=xyz", "/articles/1", "/articles/1?check=error", "/articles/1/read"),
    *("/articles/1/replace?find=trade&replace=Trade", "/articles/1/versions", "/segments/2", "/segments/4"),
    *("/segments/4/panel", "/segments/4/split", "/glossary", "/glossary?q=xyz", "/glossary/1", "/glossary/new"),
    *("/glossary/import", "/glossary/conflicts", "/glossary/merge?keep=1&other=2", "/memory", "/memory?q=trade"),
    *("/memory?q=xyz", "/activity", "/nowhere", "/articles/99", "/glossary/99", "/segments/99"),
]


@pytest.mark.parametrize("path", PAGES)
def test_no_english_is_left_on_a_page(client: FlaskClient, desk: Path, path: str) -> None:
    prepared(client, desk)
    answer = client.get(path, headers=VIETNAMESE)
    assert '<html lang="vi"' in answer.text or not answer.text.startswith("<!doctype")
    # The title of the reading view is that of the English article.
    assert not english_in(re.sub("<title>.*</title>", "", answer.text) if path.endswith("/read") else answer.text)


def english_in(page: str) -> list[str]:
    return [text for text in visible(page) if ENGLISH.search(_without_names(text))]


def _without_names(text: str) -> str:
    for name in sorted(SAME, key=len, reverse=True):
        text = re.sub(rf"\b{re.escape(name)}\b", "", text)
    return re.sub(r"\w+_\w+|workbench \w+(?: \w+)?|\.\w+|\S+/\S+", "", text)


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        pytest.param("/segments/4", {"text": "x", "base_revision": "999"}, id="conflict"),
        pytest.param("/segments/1", {"text": "Hội đàm", "base_revision": "", "action": "approve"}, id="blocked"),
        pytest.param("/articles/1/approve", {}, id="article blocked"),
        pytest.param("/articles/1/replace", {"find": "trade", "replace": "x"}, id="no place chosen"),
        pytest.param("/glossary/1", {"source": "", "target": ""}, id="wrong term"),
        pytest.param("/glossary/1", {"source": "Bộ trưởng Ngoại giao", "target": "Foreign Secretary"}, id="impact"),
        pytest.param("/glossary/bulk", {"id": "1", "action": "retire"}, id="bulk"),
        pytest.param("/glossary/bulk", {}, id="bulk of nothing"),
        pytest.param("/segments/4/comments", {"comment": ""}, id="empty comment"),
        pytest.param("/segments/4/split", {"source": "a", "target": "b"}, id="split nowhere"),
        pytest.param("/desk", {"article": "1", "action": "approve"}, id="approve several"),
        pytest.param("/desk", {"article": "1", "action": "export"}, id="export several"),
        pytest.param("/desk", {"article": "1", "action": "nothing"}, id="no such action"),
        pytest.param("/desk", {}, id="nothing ticked"),
        pytest.param("/articles", {}, id="nothing to import"),
        pytest.param("/articles", {"text": "x", "published_on": "never"}, id="no such day"),
        pytest.param("/undo/999", {}, id="nothing to undo"),
        pytest.param("/nowhere", {}, id="no such page"),
    ],
)
def test_answers_to_forms_are_in_vietnamese(client: FlaskClient, desk: Path, path: str, fields: dict[str, str]) -> None:
    prepared(client, desk)
    post(client, "/me", language="vi")
    answer = post(client, path, **fields)
    # What was flashed stands on the next page.
    assert not english_in(client.get("/").text if answer.status_code in (302, 303) else answer.text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "source\nx\n", "source,target,colour\na,b,c\n", 'source,target\n"a,b\n', "<x/>", "<tbx></tbx>"),
        *("source,target\na,b,c\n", "source,target\nx,y\nx,z\n"),
        "source,target,category,case_sensitive\na,b,animal,\nc,,,\nd,e,,maybe\n",
    ],
)
def test_what_is_wrong_with_a_glossary_file_is_said_in_vietnamese(client: FlaskClient, text: str) -> None:
    post(client, "/me", language="vi")
    answer = post(client, "/glossary/import", file=(io.BytesIO(text.encode()), "g.csv"))
    assert answer.status_code == 400 and not english_in(answer.text)


# --- what the domain says


@pytest.fixture
def speaking(client: FlaskClient) -> Iterator[Callable[[str], None]]:
    """Sets the language in which the functions of ``language`` answer."""
    with ExitStack() as stack:

        def speak(language: str) -> None:
            stack.close()
            stack.enter_context(client.application.test_request_context(headers={"Accept-Language": language}))

        yield speak


def test_a_message_is_plain_english_and_can_be_translated(speaking: Callable[[str], None]) -> None:
    message = Message("there is no segment %(id)s", id=7)
    assert message == "there is no segment 7" and message_of(ValueError(message)) is message
    speaking("en")
    assert spoken(ValueError(message)) == "there is no segment 7" and spoken("as it is") == "as it is"
    speaking("vi")
    assert spoken(ValueError(message)) == spoken(message) == "không có dòng 7"


def test_large_numbers_are_written_by_locale(speaking: Callable[[str], None]) -> None:
    speaking("en")
    assert ngettext("%(num)d term", "%(num)d terms", 12345) == "12,345 terms"
    assert ngettext("%(num)d term", "%(num)d terms", 1) == "1 term"
    speaking("vi")
    assert ngettext("%(num)d term", "%(num)d terms", 12345) == "12.345 thuật ngữ"
    assert gettext("%(n)s new", n=1000) == "1.000 mới"


def test_checks_speak_vietnamese(speaking: Callable[[str], None]) -> None:
    speaking("vi")
    (found,) = check_segment("Kim ngạch đạt 42 tỷ USD.", "Trade reached 43 billion USD.")
    assert found.message == "42 tỷ has become 43 billion"
    as_json = {"template": found.template, "params": found.params}
    assert check_message(found) == check_message(as_json) == "42 tỷ đã thành 43 billion"
    assert all(check_name(name) != name for name in CHECKS)


def test_the_reasons_for_proposed_names_are_translated(speaking: Callable[[str], None]) -> None:
    speaking("vi")
    news = [
        "Bộ trưởng Ngoại giao Trung Quốc Thẩm Kiến Quốc hội đàm với Tổng thống Cyril Ramaphosa tại Nam Phi.",
        "Ông Xi-xi-pha-nê Thong-lun và bà Nguyễn Thị Bích Hà, Lê Quang Vinh dự Hội nghị Bộ trưởng Ngoại giao ASEAN.",
        "Ảnh: Trần Hải Long",
    ]
    reasons = {proposal.evidence for proposal in propose(news)}
    assert len(reasons) > 2
    assert not [r for r in reasons if ENGLISH.search(re.sub("“.+?”", "", evidence(r))) or evidence(r) == r]


def test_the_open_editor_gets_what_checks_say_in_its_language(client: FlaskClient, desk: Path) -> None:
    edited(desk)
    base = revisions.newest(connect(desk), 2)["id"]
    body = {"text": "Bộ trưởng Ngoại giao", "base_revision": base}
    for language, wanted in (("vi", "vẫn còn nguyên tiếng Việt"), ("en", "the text is still Vietnamese")):
        answer = client.put("/api/v1/segments/2", json=body, headers={"Accept-Language": language})
        (check,) = answer.json["checks"]
        assert (check["message"], check["said"]) == ("the text is still Vietnamese", wanted)
        assert check["template"] % check["params"] == check["message"]
        body["base_revision"] = answer.json["revision"]
    refused = client.post("/api/v1/segments/2/approve", json={}, headers=VIETNAMESE)
    assert refused.status_code == 422 and refused.json["checks"][0]["said"] == "vẫn còn nguyên tiếng Việt"
    missing = client.get("/api/v1/segments/99", headers=VIETNAMESE)
    assert missing.json == {"error": "there is no segment 99", "said": "không có dòng 99"}


# --- dates, and the switch


def test_days_and_times_follow_the_language(client: FlaskClient) -> None:
    text = "Hội đàm\nHai bên nhất trí."
    post(client, "/articles", text=text, published_on="2026-02-04")
    assert "Feb 4, 2026" in client.get("/", headers={"Accept-Language": "en"}).text
    page = client.get("/", headers=VIETNAMESE).text
    assert "4 thg 2, 2026" in page and "Feb" not in page


@pytest.mark.parametrize(
    ("accepted", "day"),
    [
        ("en-US,en;q=0.9", "Feb 4, 2026"),
        ("en-GB,en-US;q=0.9,en;q=0.8", "4 Feb 2026"),
        ("fr,en-au;q=0.5", "4 Feb 2026"),
        ("en,en-GB;q=0.9", "Feb 4, 2026"),
        ("en-XX", "Feb 4, 2026"),
        ("vi-VN,en-GB;q=0.8", "4 thg 2, 2026"),
    ],
)
def test_days_in_english_follow_the_region_of_the_browser(client: FlaskClient, accepted: str, day: str) -> None:
    post(client, "/articles", text="Hội đàm\nHai bên nhất trí.", published_on="2026-02-04")
    page = client.get("/articles/2", headers={"Accept-Language": accepted}).text
    assert day in page and re.search(r'<html lang="(?:en|vi)"', page)


def test_english_chosen_in_a_british_browser_has_british_days(client: FlaskClient) -> None:
    post(client, "/articles", text="Hội đàm\nHai bên nhất trí.", published_on="2026-02-04")
    post(client, "/me", language="en")
    page = client.get("/articles/2", headers={"Accept-Language": "vi-VN,vi;q=0.9,en-GB;q=0.5"}).text
    assert "4 Feb 2026" in page and '<html lang="en"' in page


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("vi", "vi"), ("vi-VN,vi;q=0.9,en;q=0.8", "vi"), ("en-GB,en", "en"), ("fr", "en"), ("", "en")],
)
def test_the_browser_says_which_language(client: FlaskClient, accepted: str, language: str) -> None:
    assert f'<html lang="{language}"' in client.get("/", headers={"Accept-Language": accepted}).text


def test_the_switch_stands_on_every_page_and_is_remembered(client: FlaskClient) -> None:
    page = client.get("/glossary?q=x", headers={"Accept-Language": "en"}).text
    (form,) = re.findall(r'<div class="languages".*?</div>', page, re.DOTALL)
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    assert fields["language"] == "vi" and fields["next"] == "/glossary?q=x" and 'lang="vi"' in form
    answer = client.post("/me", data=fields)
    assert answer.headers["Location"] == "/glossary?q=x"
    for path in ("/", "/glossary", "/nowhere"):
        assert '<html lang="vi"' in client.get(path, headers={"Accept-Language": "en"}).text
    assert "Expires=" in answer.headers["Set-Cookie"], "remembered when the browser is closed"


def test_after_a_form_the_switch_leads_to_a_page_that_can_be_opened(client: FlaskClient, desk: Path) -> None:
    prepared(client, desk)
    page = post(client, "/articles/1/approve").text
    (form,) = re.findall(r'<div class="languages".*?</div>', page, re.DOTALL)
    assert client.get(dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))["next"]).status_code == 200


def test_the_log_says_in_the_language_of_the_reader_what_was_confirmed(client: FlaskClient, desk: Path) -> None:
    prepared(client, desk)
    editing.approve(connect(desk), 4, author="Lan", confirm=True)
    assert "42 tỷ đã thành 43 billion" in client.get("/activity", headers=VIETNAMESE).text
    assert "42 tỷ has become 43 billion" in client.get("/activity", headers={"Accept-Language": "en"}).text
