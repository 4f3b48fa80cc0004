# ruff: noqa: E501 (tables of texts)
"""The command line as other programs use it: JSON alone on stdout, exit 0, 1 or 2, messages on stderr."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.conftest import ARTICLE, GLOSSARY, ROOT, Run
from workbench.cli import main
from workbench.store import FILENAME, connect, events

SCRIPT = Path(sys.executable).with_name("workbench")
HEAD = {"id", "slug", "title", "published_on", "source_name", "source_url", "status", "progress"}
GOOD = "On the afternoon of February 3 in Hanoi, Foreign Minister Le Hoai Trung held talks with Wang Yi."


# --- the console script


def script(*arguments: str, stdin: bytes = b"", data: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, **({"WORKBENCH_DATA": str(data)} if data else {})}
    return subprocess.run(
        [SCRIPT, *arguments], input=stdin, capture_output=True, env=environment, timeout=60, check=False
    )


def test_help_names_every_command() -> None:
    ran = script("--help")
    assert (ran.returncode, ran.stderr) == (0, b"")
    for command in ("serve", "import", "articles", "translate", "show", "edit", "approve", "export", "check", "glossary",
                    "text", "model", "backup", "restore"):  # fmt: skip
        assert f"\n  {command} ".encode() in ran.stdout, command


def test_import_from_stdin_through_the_script(tmp_path) -> None:
    ran = script("import", "-", "--json", stdin=ARTICLE.encode("utf-16"), data=tmp_path)
    assert (ran.returncode, ran.stderr) == (0, b"")
    (article,) = json.loads(ran.stdout)["articles"]
    assert (article["path"], article["new"], article["segments"]) == ("-", True, 5)
    assert (tmp_path / FILENAME).exists(), "WORKBENCH_DATA names the folder"


def test_text_keeps_the_number_of_lines(with_model) -> None:
    lines = "Hai bên nhất trí.\n\n  \nÔng Vương Nghị cảm ơn.\n\n"
    ran = script("text", "-", stdin=lines.encode(), data=with_model)
    assert ran.returncode == 0, ran.stderr
    out = ran.stdout.decode().split("\n")
    assert [bool(line) for line in out] == [True, False, False, True, False, False]
    assert "Wang Yi" in out[3]


# --- import, articles


def test_import_json(run, tmp_path) -> None:
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    (folder / ".hidden").mkdir()
    (folder / "a.txt").write_bytes("Ông Trung thăm Lào.\nHai bên nhất trí.".encode())
    (folder / "sub" / "b.md").write_text("# Tiêu đề\n\nHai bên hội đàm.", encoding="utf-8")
    (folder / "c.txt").write_bytes(b"\x00\x01\x02")
    (folder / "again.txt").write_bytes(ARTICLE.encode())
    (folder / ".hidden" / "d.txt").write_text("không đọc")
    (folder / "notes.pdf").write_text("không đọc")
    ran = run("import", folder, tmp_path / "missing.txt", "--json")
    assert ran.status == 1
    assert set(ran.json) >= {"articles", "errors"}
    assert all(set(a) >= {"id", "slug", "title", "path", "new", "segments"} for a in ran.json["articles"])
    found = {Path(a["path"]).name: (a["id"], a["new"]) for a in ran.json["articles"]}
    assert found == {"a.txt": (2, True), "again.txt": (1, False), "b.md": (3, True)}
    assert [Path(e["path"]).name for e in ran.json["errors"]] == ["c.txt", "missing.txt"]
    assert all(set(e) >= {"path", "message"} and e["path"] in ran.err for e in ran.json["errors"])


def test_import_of_nothing(run, tmp_path) -> None:
    (tmp_path / "empty").mkdir()
    assert run("import", tmp_path / "empty").status == 1
    assert run("import").status == 2


def test_articles(run) -> None:
    (article,) = run("articles", "--json").json
    assert set(article) >= HEAD
    assert (article["status"], article["progress"]) == ("new", {"segments": 5, "approved": 0})
    assert article["slug"] in run("articles").out


# --- show, edit, approve, check


def test_show_json(run) -> None:
    by_id = run("show", 1, "--json").json
    assert by_id == run("show", by_id["slug"], "--json").json
    assert set(by_id) >= HEAD | {"segments"}
    lead = by_id["segments"][1]
    assert lead["machine"] is None and lead["translation"] is None and lead["checks"] == []
    assert (lead["position"], lead["paragraph"], lead["kind"]) == (2, 2, "lead")
    assert [(t["target"], lead["source"][t["start"] : t["end"]]) for t in lead["terms"]] == [
        ("Foreign Minister", "Bộ trưởng Ngoại giao"),
        ("Le Hoai Trung", "Lê Hoài Trung"),
        ("Wang Yi", "Vương Nghị"),
    ]
    assert {"id", "source", "target", "variants", "use", "category", "start", "end"} <= set(lead["terms"][0])
    assert lead["terms"][0]["variants"] == ["Minister of Foreign Affairs"]


def test_edit_json(run) -> None:
    segment = run("edit", 1, 2, "--text", GOOD, "--json").json
    assert {"text": GOOD, "status": "draft", "origin": "edit", "author": "Minh"}.items() <= segment[
        "translation"
    ].items()
    assert isinstance(segment["translation"]["revision"], int)
    again = run("edit", 1, 2, "--text", GOOD, "--json").json
    assert again["translation"]["revision"] == segment["translation"]["revision"]
    assert run("articles", "--json").json[0]["status"] == "editing"


def test_approve_is_blocked_by_errors_until_confirmed(run, desk) -> None:
    run("edit", 1, 2, "--text", "He held talks with Wang Yi on February 3.")
    ran = run("approve", 1, "--position", 2, "--json")
    assert (ran.status, ran.json["approved"]) == (1, [])
    (blocked,) = ran.json["blocked"]
    assert blocked["position"] == 2 and blocked["checks"][0]["severity"] == "error"
    assert "segment 2: term-missing" in ran.err
    ran = run("approve", 1, "--position", 2, "--confirm", "--json")
    assert (ran.status, ran.json["approved"], ran.json["blocked"]) == (0, [2], [])
    event = events.latest(connect(desk), limit=1)[0]
    assert event["author"] == "Minh" and event["detail"]["confirmed"]


def test_check_json(run) -> None:
    run("edit", 1, 4, "--text", "Trade turnover reached 24 billion USD.")
    (report,) = run("check", "--all", "--json").json["articles"]
    assert set(report) >= {"id", "errors", "warnings", "segments"}
    assert (report["id"], report["errors"]) == (1, 1)
    (segment,) = report["segments"]
    assert segment["position"] == 4
    assert {"check": "number-mismatch", "severity": "error"}.items() <= segment["checks"][0].items()
    assert "term" in segment["checks"][0] and segment["checks"][0]["message"]


# --- the whole way


def test_from_machine_to_markdown(run, with_model, tmp_path) -> None:
    ran = run("translate", 1, "--json")
    assert ran.status == 0
    assert set(ran.json) >= {"articles", "engine", "model"} and ran.json["engine"] == "argos"
    (row,) = ran.json["articles"]
    assert {k: row[k] for k in ("id", "segments", "translated")} == {"id": 1, "segments": 5, "translated": 5}
    assert row["seconds"] >= 0
    assert run("translate", "--all", "--json").json["articles"][0]["translated"] == 0
    shown = run("show", 1, "--json").json
    assert shown["status"] == "translated"
    for segment in shown["segments"]:
        assert set(segment["machine"]) >= {"engine", "model", "text"} and segment["machine"]["text"]
        marked = {c["term"] for c in segment["checks"]}
        for term in segment["terms"]:
            allowed = (term["target"], *term["variants"])
            right = any(a.lower() in segment["machine"]["text"].lower() for a in allowed)
            assert right or term["use"] == "suggest" or term["id"] in marked, "right, or marked by a check"

    skipped = run("export", 1, "--out", tmp_path / "out", "--json")
    assert skipped.status == 1 and skipped.json["files"] == []
    assert skipped.json["skipped"][0]["article"] == 1 and "not approved" in skipped.json["skipped"][0]["reason"]
    run("edit", 1, 2, "--text", GOOD)
    run("edit", 1, 4, "--text", "Trade turnover reached 42 billion USD.")
    assert run("approve", 1, "--confirm").status == 0
    ran = run("export", "--out", tmp_path / "out", "--json")
    (file,) = ran.json["files"]
    assert (ran.status, file["article"], file["format"], ran.json["skipped"]) == (0, 1, "markdown", [])
    text = Path(file["path"]).read_text(encoding="utf-8")
    assert text.startswith("---\n") and GOOD in text and "language: en" in text
    assert [f.name for f in (tmp_path / "out").iterdir()] == [shown["slug"] + ".md"]


def test_text_json(run, with_model) -> None:
    argument = "Ông Vu\u031bo\u031bng Nghi\u0323 hội đàm. Hai bên nhất trí.\n\nHết."
    ran = run("text", argument, "--json")
    assert set(ran.json) >= {"text", "engine", "model", "terms", "segments"}
    assert ran.json["text"].count("\n") == 2 and "Wang Yi" in ran.json["text"]
    assert [s["source"] for s in ran.json["segments"]] == ["Ông Vương Nghị hội đàm.", "Hai bên nhất trí.", "Hết."]
    assert [t["target"] for t in ran.json["terms"]] == ["Wang Yi", "agree"]
    assert run("show", 2).status == 1, "nothing was stored"
    assert run("text", "-", stdin=b"\x00\x01\xff").status == 1


# --- glossary


def test_glossary_import_and_export(run, desk, tmp_path) -> None:
    out = tmp_path / "glossary.csv"
    assert run("glossary", "export", "--out", out).status == 0
    assert run("glossary", "export").out == out.read_text(encoding="utf-8")
    assert run("glossary", "import", out, "--json").json == {
        "added": 0,
        "updated": 0,
        "unchanged": 5,
        "errors": [],
        "dry_run": False,
    }
    out.write_text(GLOSSARY.replace("Foreign Minister", "Minister of Foreign Affairs", 1) + "hữu nghị,friendship,,,,\n")
    dry = run("glossary", "import", out, "--dry-run", "--json")
    assert (dry.status, dry.json) == (0, {"added": 1, "updated": 1, "unchanged": 4, "errors": [], "dry_run": True})
    assert run("glossary", "import", out, "--json").json == {**dry.json, "dry_run": False}


def test_a_wrong_row_keeps_everything_out(run, tmp_path) -> None:
    file = tmp_path / "wrong.csv"
    file.write_text("source,target\nhữu nghị,friendship\nhòa bình,\n", encoding="utf-8")
    ran = run("glossary", "import", file, "--json")
    assert (ran.status, ran.json["added"]) == (1, 1)
    assert ran.json["errors"] == [{"line": 3, "field": "target", "message": "the target is empty"}]
    assert f"{file}, line 3, target" in ran.err
    assert run("glossary", "find", "hữu nghị", "--json").json == []
    file.write_bytes(b"\x00\xff\x00")
    assert run("glossary", "import", file).status == 1


def test_glossary_find(run) -> None:
    ran = run("glossary", "find", "Bô\u0323 trưởng Ngoại giao nhất trí", "--json")
    assert [(t["target"], t["start"], t["end"]) for t in ran.json] == [("Foreign Minister", 0, 20), ("agree", 21, 29)]
    assert "Foreign Minister" in run("glossary", "find", "Bộ trưởng Ngoại giao").out


def test_glossary_impact(run, with_model) -> None:
    ran = run("glossary", "impact", 4, "--json")
    assert ran.json["term"]["target"] == "political trust"
    assert [(s["article"], s["position"]) for s in ran.json["segments"]] == [(1, 3)]


# --- model, backup, restore


def test_model_commands(run, with_model) -> None:
    info = run("model", "info", "--json").json
    assert (info["languages"], info["installed"]) == ("vi→en", False)
    assert run("model", "list", "--json").json == [info]


def test_model_evaluate(run, with_model, tmp_path) -> None:
    pairs = tmp_path / "pairs.tsv"
    pairs.write_text(
        "Chiều 3/2, Bộ trưởng Ngoại giao Lê Hoài Trung tiếp ông Phan Doãn Nết.\t"
        "On the afternoon of February 3, Foreign Minister Le Hoai Trung received Phan Doan Net.\n"
        "Hai bên nhất trí tăng cường tin cậy chính trị.\tThe two sides agreed to enhance political trust.\n",
        encoding="utf-8",
    )
    [scores] = run("model", "evaluate", pairs, "--json").json
    assert scores["segments"] == 2
    assert 0 < scores["chrf"] <= 100 and "version" in scores["chrf_signature"]
    assert scores["terms"] == scores["numbers"] == scores["names"] == 1
    assert scores["empty"] == 0 and scores["words_per_second"] > 0
    pairs.write_text("Hai bên nhất trí.\n", encoding="utf-8")
    wrong = run("model", "evaluate", pairs)
    assert wrong.status == 1 and "line 1" in wrong.err


def test_a_wrong_model_file(run, tmp_path) -> None:
    file = tmp_path / "x.argosmodel"
    file.write_text("no model")
    ran = run("model", "install", file, "--json")
    assert (ran.status, ran.out) == (1, "") and str(file) in ran.err


def test_backup_and_restore(run, desk, tmp_path) -> None:
    file = tmp_path / "b.sqlite3"
    run("edit", 1, 2, "--text", "Before.")
    assert run("backup", file).status == 0
    run("edit", 1, 2, "--text", "After.")
    assert run("restore", file).status == 0
    assert run("show", 1, "--json").json["segments"][1]["translation"]["text"] == "Before."
    ran = run("backup", tmp_path / "missing" / "b.sqlite3")
    assert ran.status == 1 and str(tmp_path / "missing") in ran.err
    assert run("backup", desk / FILENAME).status == 1


def test_a_broken_database_says_restore_and_restore_mends_it(run, desk, tmp_path) -> None:
    file = tmp_path / "b.sqlite3"
    run("backup", file)
    for old in desk.glob(f"{FILENAME}*"):
        old.unlink()
    (desk / FILENAME).write_bytes(b"broken " * 1000)
    ran = run("articles", "--json")
    assert (ran.status, ran.out) == (1, "") and "workbench restore FILE" in ran.err
    assert run("restore", file).status == 0
    assert len(run("articles", "--json").json) == 1


def test_init_fills_an_empty_folder_once(run, tmp_path) -> None:
    assert run("init", data=tmp_path / "new").status == 0
    filled = run("articles", "--json", data=tmp_path / "new").json
    assert len(filled) == len(list((ROOT / "seeds").iterdir()))
    assert run("init", data=tmp_path / "new").status == 0
    assert run("articles", "--json", data=tmp_path / "new").json == filled


# --- exit status


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "99"),
        ("show", "no-such-article"),
        ("show", "99999999999999999999999"),
        ("edit", "1", "99", "--text", "x"),
        ("edit", "1", "1", "--text", "bell\a"),
        ("approve", "1"),
        ("approve", "1", "--position", "99"),
        ("translate", "99"),
        ("check", "99"),
        ("export", "99"),
        ("glossary", "impact", "99"),
        ("glossary", "impact", "99999999999999999999999"),
        ("backup", "/proc/no/such/folder.sqlite3"),
    ],
)
def test_what_cannot_be_done_is_status_1_with_a_message_and_no_json(run, arguments: tuple[str, ...]) -> None:
    as_json = () if arguments[0] == "backup" else ("--json",)
    ran = run(*arguments, *as_json)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith("Error: ") and ran.err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("show",),
        ("show", "1", "--colour"),
        ("edit", "1", "one", "--text", "x"),
        ("edit", "1", "1"),
        ("translate",),
        ("check",),
        ("translate", "1", "--engine", "oracle"),
        ("export", "1", "--format", "papyrus"),
        ("glossary", "import"),
        ("glossary", "impact", "x"),
        ("serve", "--port", "99999"),
        ("serve", "--port", "http"),
    ],
)
def test_wrong_usage_is_status_2(run, arguments: tuple[str, ...]) -> None:
    ran = run(*arguments)
    assert (ran.status, ran.out) == (2, "") and "Error:" in ran.err


def test_a_port_in_use(run) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ran = run("serve", "--port", taken.getsockname()[1])
    assert ran.status == 1 and "choose another with --port" in ran.err


def test_data_that_is_a_file_is_wrong_usage(tmp_path) -> None:
    (tmp_path / "file").write_text("x")
    assert CliRunner().invoke(main, ["--data", str(tmp_path / "file"), "articles"]).exit_code == 2


def test_help_imports_nothing_heavy() -> None:
    """What makes --help quick is measured in benchmarks/; this is why it is."""
    code = "import sys, workbench.cli; print([m for m in ('flask', 'ctranslate2', 'trafilatura', 'sqlite_utils') if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("show", "999"), "there is no article '999'; see: workbench articles"),
        (("glossary", "impact", "999"), "there is no term 999; see: workbench glossary export"),
    ],
)
def test_what_is_not_there_tells_where_to_look(run: Run, arguments: tuple[str, ...], said: str) -> None:
    done = run(*arguments)
    assert (done.status, done.err) == (1, f"Error: {said}\n")
