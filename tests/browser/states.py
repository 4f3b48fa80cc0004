"""Every page in every state, for what looks at all of them.

A state is an address, a form that is sent, or a function that brings a page there. Functions know a page by its
structure, not by its words; what a state needs stands in the database before (``fill``), and no state spoils another.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect
from sqlite_utils import Database

from tests.browser.test_articles import CORRECTED, DROP, FLOOD_FILE
from tests.browser.test_glossary import WRONG
from workbench import bulk, editing, glossary, replacing, reshaping
from workbench.glossary.terms import Term
from workbench.library import import_files
from workbench.replacing import Query
from workbench.store import articles, terms

BAD = "He said  Việt Nam 5"
RIGHT = "source,target,category\nBộ Ngoại giao,Foreign Office,organization\nCục Thử,Test Department,organization\n"
SEND = """([path, fields]) => {
    const form = Object.assign(document.createElement("form"), { method: "post", action: path });
    const token = document.querySelector('meta[name="csrf-token"]').content;
    for (const [name, values] of Object.entries({ csrf_token: token, ...fields }))
        for (const value of [values].flat())
            form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    document.body.append(form);
    form.submit();
}"""


@dataclass(frozen=True)
class Desk:
    """The addresses of the server and of one without articles; the ids of what stands on the first by name."""

    url: str
    empty: str
    ids: dict[str, Any]

    def fill(self, text: str) -> str:
        """``text`` with the ids in the places of ``{names}``."""
        return text.format(**self.ids)


State = Callable[[Page, Desk], Any]


def fill(db: Database) -> dict[str, Any]:
    """Add to the translated samples what the states need; the ids of it all by name."""
    ids = {**_articles(db), **_terms(db)}
    return {**ids, **_rows(db, ids)}


def _articles(db: Database) -> dict[str, int]:
    """The samples by name, one of them approved and with a newer version, and one that waits for the machine."""
    starts = {"flood": "Hàng cứu trợ", "talks": "Theo thông tin", "laos": "Sáng 11/3", "congress": "Đại hội",
              "sea": "Việt Nam kêu gọi"}  # fmt: skip
    heads = articles.listing(db)
    ids = {name: next(row["id"] for row in heads if row["title"].startswith(start)) for name, start in starts.items()}
    editing.approve_article(db, ids["flood"], author="Lan", confirm=True)
    waiting = "Tàu mới\n\nTàu chạy nhanh. Ga sạch.\n"
    new = import_files(db, [("sửa.txt", CORRECTED.encode()), ("tàu.txt", waiting.encode())], author="Minh").articles
    bulk.assign(db, [ids["talks"], ids["laos"]], "Thu Hà", author="Lan")
    return {**ids, "newer": new[0]["id"], "waiting": new[1]["id"]}


def _terms(db: Database) -> dict[str, int]:
    """Terms that are proposed and that contradict each other, and one that stands in ``gate``."""
    ids = {term.source: term.id for term in terms.all_terms(db)}
    glossary.save(db, Term(0, "Thẩm Kiến Quốc", "Shen Jianguo", "person", status="proposed"), author="Lan")
    other = Term(0, "tin cậy chính trị", "political confidence", "document")
    return {
        "smart": ids["cửa khẩu thông minh"],
        "trust": ids[other.source],
        "confidence": glossary.save(db, other, author="Lan", reason="to be discussed"),
    }


def _rows(db: Database, ids: dict[str, int]) -> dict[str, Any]:
    """Rows with a history, with errors, merged; ``gate`` has all that a panel can show."""
    talks = articles.segments(db, ids["talks"])
    gate = next(row for row in talks if "cửa khẩu thông minh" in row["source"])
    first = _draft(db, gate, "He hoped that China would open the smart border gate.")
    _draft(db, gate, "He hoped that China would open the smart border gate and restore flights.", first)
    query = Query("hoped", "wished", False, False)
    places = [place.key for place in replacing.find(db, ids["talks"], query)]
    replacing.apply(db, ids["talks"], query, places, author="Thu Hà")
    editing.comment(db, gate["id"], "Chức danh này đúng chưa? Xem https://example.com/a", author="Lan")
    gone = next(row for row in talks if reshaping.neighbour(db, row))
    wrong = {name: articles.segments(db, ids[name])[2] for name in ("congress", "sea")}
    for row in wrong.values():
        _draft(db, row, BAD)
    return {
        "gate": gate["id"],
        "gone": gone["id"],
        "merged": reshaping.merge(db, gone["id"], author="Lan").segments[0],
        "wrong": wrong["congress"]["id"],
        "draft": _draft(db, talks[0], BAD),
        "drafted": talks[0]["id"],
        "remembered": _remembered(db, gate["source"]),
    }


def _draft(db: Database, row: dict[str, Any], text: str, base: int | None = None) -> int:
    return int(editing.save(db, row["id"], text, base=base, author="Lan")["id"])


def _remembered(db: Database, source: str) -> int:
    """An approved article with a sentence that is like ``source``."""
    text = f"Tin chiều\n\n{source.rstrip('.')} trong năm nay.\n"
    (new,) = import_files(db, [("chiều.txt", text.encode())], author="Lan").articles
    for row in articles.segments(db, new["id"]):
        _draft(db, row, f"Afternoon news {row['position']} about the smart border gate.")
    editing.approve_article(db, new["id"], author="Lan", confirm=True)
    return int(new["id"])


ADDRESSES = {
    "no article found": "/?q=xyz",
    "editor": "/articles/{talks}",
    "editor of an older version": "/articles/{flood}",
    "editor of a newer version": "/articles/{newer}",
    "editor while the machine translates": "/articles/{waiting}",
    "no row for the filter": "/articles/{talks}?q=xyzxyz",
    "what changed": "/articles/{newer}/versions",
    "reading view": "/articles/{talks}/read",
    "replace page": "/articles/{talks}/replace?find=gate&replace=door",
    "row page": "/segments/{gate}",
    "split page": "/segments/{gate}/split",
    "glossary": "/glossary?category=event",
    "no term found": "/glossary?q=xyzxyz",
    "term": "/glossary/{trust}",
    "new term": "/glossary/new",
    "conflicts of terms": "/glossary/conflicts",
    "hidden terms": "/glossary/conflicts?kind=hides",
    "no conflict": "/glossary/conflicts?kind=duplicate",
    "merge terms": "/glossary/merge?keep={trust}&other={confidence}",
    "import terms": "/glossary/import",
    "memory": "/memory",
    "memory found": "/memory?q=cứu+trợ",
    "memory not found": "/memory?q=xyzxyz",
    "activity": "/activity",
}
Fields = dict[str, str | list[str]]
FORMS: dict[str, tuple[str, Fields]] = {
    "row saved by somebody else": ("/segments/{gate}", {"text": "Mine: the smart gate.", "base_revision": ""}),
    "row with errors": ("/segments/{drafted}", {"text": BAD, "base_revision": "{draft}", "action": "approve"}),
    "row that was merged": ("/segments/{gone}", {"text": "Mine."}),
    "row split wrongly": ("/segments/{gate}/split", {"source": "một", "target": "one"}),
    "article with errors": ("/articles/{congress}/approve", {}),
    "some approved": ("/desk", {"action": "approve", "article": ["{sea}", "{remembered}"]}),
    "some exported": ("/desk", {"action": "export", "article": ["{sea}", "{remembered}"]}),
    "change many terms": ("/glossary/bulk", {"id": "{trust},{smart}", "action": "propose"}),
    "term without its English": ("/glossary/new", {"source": "một hai", "target": ""}),
    "what a term touches": ("/glossary/{smart}", {"source": "cửa khẩu thông minh", "target": "intelligent gate"}),
}


def arrived(page: Page) -> None:
    """No page of errors, which has nothing that axe would find."""
    expect(page.locator("#error")).to_have_count(0)


def opened(address: str) -> State:
    def reach(page: Page, desk: Desk) -> None:
        page.goto(desk.fill(address))
        arrived(page)

    return reach


def sent(address: str, fields: Fields) -> State:
    """The page that answers a form, as where no script runs."""

    def reach(page: Page, desk: Desk) -> None:
        page.goto("/memory")
        filled = {
            name: desk.fill(value) if isinstance(value, str) else [desk.fill(one) for one in value]
            for name, value in fields.items()
        }
        with page.expect_navigation():
            page.evaluate(SEND, [desk.fill(address), filled])
        arrived(page)

    return reach


STATES: dict[str, State] = {
    **{name: opened(address) for name, address in ADDRESSES.items()},
    **{name: sent(*form) for name, form in FORMS.items()},
}


def state(reach: State) -> State:
    """Add a function to the states, named as it is."""
    STATES[reach.__name__.replace("_", " ")] = reach
    return reach


@state
def articles_some_of_them_waiting(page: Page, desk: Desk) -> None:
    # The cells of the list would be exchanged every two seconds.
    page.route("**/desk/progress*", lambda route: route.abort())
    page.goto("/")
    expect(page.locator(".chip.busy")).to_have_count(1)


@state
def articles_ticked(page: Page, desk: Desk) -> None:
    articles_some_of_them_waiting(page, desk)
    page.locator('#articles input[name="article"]').first.check()
    expect(page.locator(".bulk")).to_be_visible()


@state
def add_an_article(page: Page, desk: Desk) -> None:
    articles_some_of_them_waiting(page, desk)
    page.locator("#add > summary").click()
    page.locator("#add .origin > summary").click()
    expect(page.locator('#add input[name="source_url"]')).to_be_visible()


@state
def files_that_were_not_imported(page: Page, desk: Desk) -> None:
    articles_some_of_them_waiting(page, desk)
    page.evaluate(DROP, [[["hỏng.pdf", "x"], ["trùng.txt", FLOOD_FILE.read_text(encoding="utf-8")]]])
    expect(page.locator("#imported li")).to_have_count(2)


@state
def two_messages(page: Page, desk: Desk) -> None:
    page.goto("/memory")
    token = page.locator('meta[name="csrf-token"]').get_attribute("content") or ""
    for action in ("approve", "archive"):
        page.request.post("/desk", form={"csrf_token": token, "action": action}, max_redirects=0)
    page.reload()
    expect(page.locator(".message")).to_have_count(2)


@state
def empty_desk(page: Page, desk: Desk) -> None:
    page.goto(desk.empty)
    expect(page.locator(".steps")).to_be_visible()


@state
def no_such_page(page: Page, desk: Desk) -> None:
    page.goto("/articles/999999")
    expect(page.locator("#error")).to_contain_text("404")


@state
def name_of_the_editor(page: Page, desk: Desk) -> None:
    page.goto("/memory")
    page.locator(".menu summary").click()


def in_editor(page: Page, desk: Desk, article: str, row: str) -> Locator:
    """The active row of an article, its panel open."""
    page.goto(desk.fill(f"/articles/{{{article}}}"))
    expect(page.locator("#rows[data-ready]")).to_be_attached()
    found = page.locator(desk.fill(f"#s{{{row}}}"))
    found.locator('textarea[name="text"]').focus()
    expect(found.locator(".row-tools")).to_be_visible()
    return found


@state
def active_row(page: Page, desk: Desk) -> Locator:
    return in_editor(page, desk, "talks", "gate")


@state
def active_row_that_was_merged(page: Page, desk: Desk) -> None:
    row = in_editor(page, desk, "talks", "merged")
    row.locator(".ancestor").evaluate_all("parents => parents.forEach((parent) => { parent.open = true; })")


@state
def active_row_with_errors(page: Page, desk: Desk) -> None:
    row = in_editor(page, desk, "congress", "wrong")
    page.keyboard.press("Control+Enter")
    expect(row.locator(".trouble .button")).to_be_visible()


@state
def active_row_saved_by_somebody_else(page: Page, desk: Desk) -> None:
    page.route("**/changes?*", lambda route: route.abort())
    page.goto(desk.fill("/articles/{laos}"))
    expect(page.locator("#rows[data-ready]")).to_be_attached()
    row = page.locator("#rows .segment").nth(1)
    seen = row.get_attribute("data-revision")
    theirs = {"text": f"Theirs after {seen}: both sides spoke.", "base_revision": int(seen) if seen else None}
    assert page.request.put(f"/api/v1/segments/{row.get_attribute('data-id')}", data=theirs).ok
    row.locator('textarea[name="text"]').fill("Mine: both sides talked.")
    expect(row.locator(".trouble ins").first).to_be_visible()


@state
def names_the_glossary_lacks(page: Page, desk: Desk) -> None:
    page.goto(desk.fill("/articles/{congress}"))
    page.locator(".proposals > summary").click()


@state
def editor_without_scripts(page: Page, desk: Desk) -> None:
    page.goto(desk.fill("/articles/{talks}"))
    page.evaluate("document.documentElement.classList.remove('js')")


@state
def rows_found_by_the_filter(page: Page, desk: Desk) -> None:
    page.goto(desk.fill("/articles/{talks}"))
    page.locator("#filter-text").fill("trung quốc")
    expect(page.locator("#filter-clear")).to_be_visible()


@state
def keyboard_help(page: Page, desk: Desk) -> None:
    page.goto(desk.fill("/articles/{talks}"))
    page.locator('[data-action="help"]').click()
    expect(page.locator("#help")).to_be_visible()


@state
def term_in_the_editor(page: Page, desk: Desk) -> Locator:
    active_row(page, desk).locator(desk.fill('[data-open-term][href*="/{smart}?"]')).click()
    english = page.locator('#term-dialog input[name="target"]')
    expect(english).to_be_visible()
    return english


@state
def new_term_in_the_editor(page: Page, desk: Desk) -> None:
    active_row(page, desk)
    page.keyboard.press("Alt+g")
    expect(page.locator("#term-dialog form")).to_be_visible()


@state
def what_a_term_touches_in_the_editor(page: Page, desk: Desk) -> None:
    term_in_the_editor(page, desk).fill("intelligent border gate")
    page.locator('#term-dialog button[value="save"]').click()
    expect(page.locator("#term-dialog .impact")).to_be_visible()


@state
def find_and_replace(page: Page, desk: Desk) -> None:
    active_row(page, desk)
    page.keyboard.press("Alt+h")
    page.locator('#work-dialog input[name="find"]').fill("border")
    page.locator('#work-dialog input[name="replace"]').fill("frontier")
    expect(page.locator("#work-dialog .places ins").first).to_have_text("frontier")


@state
def split_a_row(page: Page, desk: Desk) -> None:
    active_row(page, desk)
    page.keyboard.press("Alt+b")
    expect(page.locator("#work-dialog .split")).to_be_visible()


@state
def memory_in_the_editor(page: Page, desk: Desk) -> None:
    active_row(page, desk)
    page.keyboard.press("Control+k")
    page.locator('#concordance input[name="q"]').fill("cứu trợ")
    expect(page.locator("#concordance .pairs li").first).to_be_visible()


@state
def terms_ticked(page: Page, desk: Desk) -> None:
    page.goto("/glossary?q=ngoai+giao")
    page.locator("table.terms tbody input").first.check()


def previewed(page: Page, text: str) -> None:
    page.goto("/glossary/import")
    file = {"name": "thử.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.locator('main input[type="file"]').set_input_files(file)
    page.locator("main form .button.primary").click()
    expect(page.locator("table.list").first).to_be_visible()


@state
def import_of_terms(page: Page, desk: Desk) -> None:
    previewed(page, RIGHT)


@state
def import_of_terms_with_wrong_rows(page: Page, desk: Desk) -> None:
    previewed(page, WRONG)
