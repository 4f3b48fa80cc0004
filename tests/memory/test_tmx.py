from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree
from sqlite_utils import Database

from tests.memory.conftest import add_approved, segment_ids, write
from workbench import memory
from workbench.cli import main
from workbench.cli.memory import memory as command
from workbench.memory.tmx import BadTmx, Imported, Unit, export_tmx, import_tmx, read_tmx, write_tmx
from workbench.store import events
from workbench.store import memory as store

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n'
HEAD = DECLARATION + '<tmx version="1.4">\n<header/>\n<body>\n'
TAIL = "</body>\n</tmx>\n"
NASTY = "<b>5 & 3</b> \"x\" 'y' ]]> “q” 🇻🇳 {1} %s"


def tu(vi: str, en: str, attributes: str = "", props: str = "", langs: tuple[str, str] = ("vi", "en")) -> str:
    return (
        f"<tu {attributes}>{props}<tuv xml:lang='{langs[0]}'><seg>{vi}</seg></tuv>"
        f"<tuv xml:lang='{langs[1]}'><seg>{en}</seg></tuv></tu>\n"
    )


def tmx(*units: str) -> bytes:
    return (HEAD + "".join(units) + TAIL).encode()


def test_units_are_remembered_with_file_author_and_date(db: Database) -> None:
    done = import_tmx(
        db,
        tmx(tu("Hội đàm", "Talks", 'creationid="hoa" creationdate="20250115T083000Z"'), tu("Hội kiến", "Meeting")),
        name="old.tmx",
        author="lan",
    )
    assert done == Imported(added=2, duplicates=0, skipped=0)
    (match,) = memory.lookup(db, "Hội đàm")
    assert (match.target, match.score, match.origin.file) == ("Talks", 100, "old.tmx")
    assert (match.author, match.date, match.withdrawn) == ("hoa", "2025-01-15T08:30:00Z", False)
    (match,) = memory.lookup(db, "Hội kiến")
    assert (match.author, match.date) == ("lan", None)
    assert events.latest(db)[0]["detail"] == {"file": "old.tmx", "added": 2, "duplicates": 0, "skipped": 0}


@pytest.mark.parametrize("langs", [("vi-VN", "en-US"), ("VI", "EN"), ("vi_VN", "en-gb")])
def test_regions_of_the_languages_do_not_matter(langs: tuple[str, str]) -> None:
    assert [u.source for u in read_tmx(tmx(tu("Hội đàm", "Talks", langs=langs)), "x.tmx").units] == ["Hội đàm"]


def test_english_may_stand_first_and_other_languages_beside() -> None:
    unit = "<tu><tuv lang='en'><seg>Talks</seg></tuv><tuv xml:lang='fr'><seg>Pourparlers</seg></tuv>" \
        "<tuv lang='vi'><seg>Hội đàm</seg></tuv></tu>"
    (found,) = read_tmx(tmx(unit), "x.tmx").units
    assert (found.source, found.target) == ("Hội đàm", "Talks")


def test_inline_tags_go_and_their_text_stays() -> None:
    seg = 'Chủ tịch <bpt i="1">&lt;b&gt;</bpt><hi type="x">Tô <it pos="begin">&lt;i&gt;</it>Lâm</hi>' \
        '<ept i="1">&lt;/b&gt;</ept><ph>{1}<sub>alt</sub></ph>\n  <ut>x</ut>5 &lt; 6 &amp; 7'
    (found,) = read_tmx(tmx(tu(seg, "T")), "x.tmx").units
    assert found.source == "Chủ tịch Tô Lâm 5 < 6 & 7"


def test_duplicates_and_units_without_both_languages_are_counted(db: Database) -> None:
    add_approved(db, ("Hội đàm", "Talks"))
    units = [tu("Hội đàm", "Talks"), tu("Hội đàm", "The talks"), tu(" Hội  kiến", "Meeting"), tu("Hội kiến", "Meeting")]
    data = tmx(*units, tu("Chỉ có", ""), tu("a", "b", langs=("de", "en")))
    assert import_tmx(db, data, name="x.tmx", author="lan") == Imported(added=2, duplicates=2, skipped=2)
    assert import_tmx(db, data, name="x.tmx", author="lan") == Imported(added=0, duplicates=4, skipped=2)


def test_neighbours_of_omegat_and_memoq_make_in_context_matches(db: Database) -> None:
    omegat = tu("Hội đàm", "A", props="<prop type='prev'>Trước</prop><prop type='next'>Sau</prop>")
    memoq = tu("Hội đàm", "B", props="<prop type='x-context-pre'>&lt;seg&gt;Đầu&lt;/seg&gt;</prop>")
    import_tmx(db, tmx(omegat, memoq), name="x.tmx", author="lan")
    assert next((m.target, m.score) for m in memory.lookup(db, "Hội đàm", before="Trước", after="Sau")) == ("A", 101)
    assert next((m.target, m.score) for m in memory.lookup(db, "Hội đàm", before="Đầu")) == ("B", 101)


def test_what_was_approved_here_comes_before_what_was_imported(db: Database) -> None:
    add_approved(db, ("Hội đàm", "Ours"))
    import_tmx(db, tmx(tu("Hội đàm", "Theirs")), name="x.tmx", author="lan")
    assert [m.target for m in memory.lookup(db, "Hội đàm")] == ["Ours", "Theirs"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "bad.tmx, line 1: "),
        (b"plain text", "bad.tmx, line 1: "),
        (b"<html>\n</html>", "bad.tmx, line 1: the file begins with <html>"),
        ((HEAD + tu("a", "b") + "<tu>\n<tuv").encode(), "bad.tmx, line 8: "),
        (tmx(tu("a", "b"), "<tu><tuv xml:lang='vi'></tuv></tu>"), "bad.tmx, line 7: this <tuv> has no <seg>"),
        (tmx("<tu><tuv><seg>x</seg></tuv></tu>"), "bad.tmx, line 6: this <tuv> does not say its language"),
        (tmx(tu("a", "b", langs=("de", "fr"))), "bad.tmx: no unit has both"),
        (tmx(), "bad.tmx: no unit has both"),
        (tmx(tu("a &x; b", "b")), "bad.tmx, line 6: "),
        (b'<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<tmx><body>'
         + tu("a &x; b", "b").encode() + b"</body></tmx>", "bad.tmx, line 2: the entity &x; is not known"),
    ],
)
def test_a_bad_file_is_named_with_its_line_and_nothing_is_imported(db: Database, data: bytes, message: str) -> None:
    with pytest.raises(BadTmx) as error:
        import_tmx(db, data, name="bad.tmx", author="lan")
    assert str(error.value).startswith(message)
    assert store.size(db) == {"approved": 0, "imported": 0}
    assert events.latest(db) == []


def test_utf16_is_read() -> None:
    text = '<?xml version="1.0" encoding="UTF-16"?>\n<tmx><body>' + tu("Hội đàm", "Talks") + "</body></tmx>"
    data = text.encode("utf-16")
    assert read_tmx(data, "x.tmx").units[0].source == "Hội đàm"


def test_export_and_import_give_the_same_memory(db: Database, tmp_path: Path) -> None:
    article = add_approved(db, ("Hội đàm", NASTY), (NASTY, "Second\tpart"), ("Rút lại", "Withdrawn"))
    write(db, segment_ids(db, article)[2], "x", status="draft")
    out = BytesIO()
    assert export_tmx(db, out) == 2
    from workbench.store import open_database

    other = open_database(tmp_path / "other")
    assert import_tmx(other, out.getvalue(), name="x.tmx", author="minh").added == 2
    (match,) = memory.lookup(other, "Hội đàm", after=NASTY)
    assert (match.target, match.score, match.author) == (NASTY, 101, "lan")
    assert memory.lookup(other, NASTY)[0].target == "Second part"


def test_the_file_written_is_tmx_1_4() -> None:
    out = BytesIO()
    write_tmx(out, [Unit("Hội đàm", "Talks\x0b", "lan", "2026-02-04T08:30:00Z", "Trước", None)])
    root = etree.fromstring(out.getvalue())
    assert root.getroottree().docinfo.doctype == '<!DOCTYPE tmx SYSTEM "tmx14.dtd">'
    assert (root.tag, root.get("version"), [c.tag for c in root]) == ("tmx", "1.4", ["header", "body"])
    needed = {"creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype"}
    assert needed <= set(root[0].keys())
    (unit,) = root.iter("tu")
    assert (unit.get("creationid"), unit.get("creationdate")) == ("lan", "20260204T083000Z")
    assert [(p.get("type"), p.text) for p in unit.iter("prop")] == [("prev", "Trước")]
    assert [s.text for s in unit.iter("seg")] == ["Hội đàm", "Talks"]


def test_commands(tmp_path: Path) -> None:
    if "memory" not in main.commands:
        main.add_command(command)
    file, back = tmp_path / "in.tmx", tmp_path / "out.tmx"
    file.write_bytes(tmx(tu("Hội đàm", "Talks"), tu("Hội đàm", "Talks")))
    data = str(tmp_path / "data")

    def run(*words: str) -> tuple[int, str, str]:
        result = CliRunner().invoke(main, ["--data", data, "memory", *words], env={"WORKBENCH_USER": "lan"})
        return result.exit_code, result.stdout, result.stderr

    assert run("import", str(file), "--json") == (0, '{\n  "added": 1,\n  "duplicates": 1,\n  "skipped": 0\n}\n', "")
    assert json.loads(run("export", str(back), "--json")[1]) == {"path": str(back), "units": 1}
    assert [u.target for u in read_tmx(back.read_bytes(), "x").units] == ["Talks"]
    assert json.loads(run("find", "hoi dam", "--json")[1])[0]["origin"]["file"] == "in.tmx"
    file.write_text("<tmx>\n<body>\n")
    code, out, error = run("import", str(file), "--json")
    assert (code, out) == (1, "") and error.startswith(f"Error: {file}, line ")
    assert run("import", str(tmp_path / "none.tmx"))[0] == 2
