"""The glossary as files: what was wrong comes back with the reason, TBX in and out, nothing changes on the way."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from lxml import etree  # type: ignore[import-untyped,unused-ignore]

from workbench import glossary
from workbench.glossary import Term
from workbench.glossary.exchange import differences, to_csv, wrong_rows
from workbench.glossary.tbx import to_tbx
from workbench.store import open_database, terms

AWKWARD = [
    Term(0, "'tis", "''quoted''", note="'=1+1"),
    Term(0, "=A1", "'+84", "phrase", target_variants=("-x", "'@y"), forbidden=("=z",)),
    Term(0, '"Hai hành lang; một vành đai"', "A, B\tC", "document", note='Dòng "một"\nDòng hai; <b>&amp;\n\n- ba'),
    Term(0, "Chủ tịch nước", "State President", "title", "suggest", "obsolete", True, "ghi chú",
         ("CTN", "Chủ tịch Nước"), ("Phó Chủ tịch nước",), ("President",), ("Chairman", "King")),
]  # fmt: skip
FIVE_WRONG = """Nguồn;Đích;Loại;Cách dùng;Ghi chú
một;one;phrase;;
;two;;;
ba;;;;
bốn;four;animal;;"ghi
chú"
năm;five;;force;
sáu;six;phrase;;
bảy;seven;phrase;suggest;;thừa;cell
"""


def imported(db, text: str, **options):
    return glossary.import_csv(db, text, author="an", name="x", **options)


@pytest.mark.parametrize("write", [to_csv, lambda entries: to_tbx(entries).decode()], ids=["CSV", "TBX"])
def test_out_and_in_again_changes_nothing(db, tmp_path, write) -> None:
    cleaned = [replace(t, target=" ".join(t.target.split())) for t in AWKWARD]
    terms.save_all(db, cleaned, author="an", action="add")
    text = write(terms.all_terms(db))
    plan = imported(db, text)
    assert (plan.added, plan.updated, plan.errors, plan.unchanged) == ([], [], [], 9)
    other = open_database(tmp_path / "other")
    assert not imported(other, text).errors
    assert terms.all_terms(other) == terms.all_terms(db)


def test_five_wrong_rows_are_named_and_nothing_changes(db) -> None:
    before = terms.version(db)
    plan = imported(db, FIVE_WRONG)
    named = [(e.line, e.field) for e in plan.errors]
    assert named == [(3, "source"), (4, "target"), (5, "category"), (7, "use"), (9, "")]
    assert plan.mendable and terms.version(db) == before


def test_wrong_rows_come_back_with_the_reason_mended_and_sent_again(db) -> None:
    text = wrong_rows(FIVE_WRONG)
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert [r[0] for r in rows][:2] == ["reason", "source: the source is empty"] and len(rows) == 6
    assert rows[3][1:] == ["bốn", "four", "animal", "", "ghi\nchú"]
    assert len(imported(db, text).errors) == 5, "the reason alone mends nothing"

    mended = text.replace(";;two;;;", ";hai;two;;;").replace("ba;;;;", "ba;three;;;").replace("animal", "phrase")
    mended = mended.replace("force", "enforce").replace(";thừa;cell", "")
    alone = imported(db, mended, dry_run=True)
    assert (alone.errors, [t.source for t in alone.added]) == ([], ["hai", "ba", "bốn", "năm", "bảy"])
    whole = imported(db, mended, held=[FIVE_WRONG])
    assert [t.source for t in whole.added] == ["một", "sáu", "hai", "ba", "bốn", "năm", "bảy"] and not whole.errors
    assert whole.left_out == 5


def test_a_mended_row_that_contradicts_a_right_one_is_wrong(db) -> None:
    plan = imported(db, "source,target\nmột,uno", held=["source,target\nmột,one\nhai,"])
    assert [(e.line, e.field) for e in plan.errors] == [(2, "source")]


def test_formulas_in_wrong_rows_are_defused_once(db) -> None:
    text = wrong_rows("source,target\n=cmd,\n'=cmd,\n'tis,\n")
    assert [r[1] for r in csv.reader(io.StringIO(text))][1:] == ["'=cmd", "'=cmd", "'tis"]


def test_a_file_without_rows_to_mend_says_so() -> None:
    for text in ("", "nguồn\nA", "<tbx>"):
        plan = glossary.plan_import(text, [])
        assert plan.errors and not plan.mendable


def test_every_changed_field_is_told(db) -> None:
    plan = imported(db, "source,target,category,forbidden,note\nBộ Ngoại giao,MFA,organization,A|B,x", dry_run=True)
    assert [differences(old, new) for old, new in plan.updated] == [
        [("target", "Foreign Ministry", "MFA"), ("forbidden", "", "A | B"), ("note", "", "x")]
    ]


def test_tbx_is_basic_of_2019(db) -> None:
    root = etree.fromstring(to_tbx([replace(AWKWARD[3], id=7)]))
    core, minimal = "{urn:iso:std:iso:30042:ed-2}", "{http://www.tbxinfo.net/ns/min}"
    assert (root.tag, root.get("type"), root.get("style")) == (f"{core}tbx", "TBX-Basic", "dct")
    (entry,) = root.iter(f"{core}conceptEntry")
    assert entry.get("id") == "c7" and entry.findtext(f"{minimal}subjectField") == "title"
    statuses = [
        (t.findtext(f"{core}term"), t.findtext(f"{minimal}administrativeStatus")) for t in entry.iter(f"{core}termSec")
    ]
    assert statuses == [
        ("Chủ tịch nước", "preferredTerm-admn-sts"),
        ("CTN", "admittedTerm-admn-sts"),
        ("Chủ tịch Nước", "admittedTerm-admn-sts"),
        ("State President", "preferredTerm-admn-sts"),
        ("President", "admittedTerm-admn-sts"),
        ("Chairman", "deprecatedTerm-admn-sts"),
        ("King", "deprecatedTerm-admn-sts"),
    ]


MARTIF = """<?xml version="1.0"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en"><text><body>
<termEntry id="1"><langSet xml:lang="en-US"><tig><term>border <hi>gate</hi></term></tig>
<ntig><termGrp><term>frontier</term>
<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termGrp></ntig></langSet>
<langSet xml:lang="vi-VN"><tig><term>cửa khẩu</term></tig></langSet></termEntry>
<termEntry id="2"><langSet xml:lang="en"><tig><term>alone</term></tig></langSet></termEntry>
</body></text></martif>"""


def test_tbx_of_2008_is_read_too(db) -> None:
    plan = imported(db, MARTIF, dry_run=True)
    assert [(e.line, e.field) for e in plan.errors] == [(8, "source")]
    (term,) = plan.added
    assert (term.source, term.target, term.forbidden) == ("cửa khẩu", "border gate", ("frontier",))
    assert wrong_rows(MARTIF).splitlines()[1].endswith("alone,,,,,,,,,")


def test_a_concept_in_tbx_keeps_what_the_file_does_not_say(db) -> None:
    glossary.save(db, Term(0, "cửa khẩu", "gate", note="mine", case_sensitive=True), author="an")
    one = MARTIF.replace('<termEntry id="2">', "<!--").replace("</termEntry>\n</body>", "--></body>")
    ((_, new),) = imported(db, one, dry_run=True).updated
    assert (new.target, new.note, new.case_sensitive) == ("border gate", "mine", True)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("<tbx><oops></tbx>", 1),
        ("<html/>", 1),
        ("<tbx/>", 1),
        ('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><tbx><text>&x;</text></tbx>', 1),
    ],
)
def test_what_is_no_tbx_is_named(db, text: str, line: int) -> None:
    plan = imported(db, text)
    assert [e.line for e in plan.errors] == [line] and "root:" not in plan.errors[0].message


def test_ten_thousand_rows_out_and_in(db) -> None:
    text = to_csv(Term(0, f"thuật ngữ số {n}", f"term number {n}", target_variants=(f"t{n}",)) for n in range(10_000))
    assert len(imported(db, text).added) == 10_000
    plan = imported(db, to_csv(terms.all_terms(db)))
    assert (plan.unchanged, plan.added, plan.updated) == (10_005, [], [])
