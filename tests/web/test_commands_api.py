"""The commands as JSON: what a program outside asks for."""

from __future__ import annotations

from pathlib import Path

from flask.testing import FlaskClient


def test_an_article_goes_its_whole_way_over_the_api(with_model: Path, client: FlaskClient) -> None:
    imported = client.post("/api/v1/articles", json={"text": "Hai nước hợp tác.\n", "name": "tin.txt"}).json
    assert imported["errors"] == []
    [article] = imported["articles"]
    done = client.post(f"/api/v1/articles/{article['id']}/translate").json
    assert done["engine"] == "argos"
    assert done["articles"][0]["translated"] == article["segments"]
    assert client.get(f"/api/v1/articles/{article['id']}/export").status_code == 409
    approved = client.post(f"/api/v1/articles/{article['slug']}/approve", json={"confirm": True})
    assert approved.json["blocked"] == []
    exported = client.get(f"/api/v1/articles/{article['id']}/export?format=markdown")
    assert exported.text.startswith("---\n")
    assert client.get(f"/api/v1/articles/{article['id']}/export?format=odt").status_code == 400


def test_checks_terms_and_memory(client: FlaskClient) -> None:
    [report] = client.get("/api/v1/articles/1/check").json["articles"]
    assert report["id"] == 1
    listed = client.get("/api/v1/glossary").json
    assert {"Wang Yi", "Foreign Minister"} <= {t["target"] for t in listed}
    wang = next(t["id"] for t in listed if t["target"] == "Wang Yi")
    assert [s["position"] for s in client.get(f"/api/v1/glossary/{wang}/impact").json["segments"]] == [2]
    assert client.get("/api/v1/memory?q=hợp tác").json == []


def test_a_wrong_csv_row_is_named_and_nothing_imported(client: FlaskClient) -> None:
    before = len(client.get("/api/v1/glossary").json)
    answer = client.post("/api/v1/glossary/import", json={"text": "source,target\nBộ Y tế,\nBộ Công an,MPS\n"})
    assert answer.status_code == 400
    assert [e["line"] for e in answer.json["errors"]] == [2]
    assert len(client.get("/api/v1/glossary").json) == before


def test_other_sites_are_refused(client: FlaskClient) -> None:
    headers = {"Origin": "https://evil.example"}
    assert client.post("/api/v1/articles", json={"text": "Hai nước."}, headers=headers).status_code == 403
    assert client.post("/api/v1/articles/1/approve", headers=headers).status_code == 403


def test_chosen_english_of_a_term_leads_to_the_term(with_model: Path, client: FlaskClient) -> None:
    text = "Foreign Minister Le Hoai Trung held talks with Wang Yi."
    start = text.index("Wang Yi")
    given = {"text": text, "start": start, "end": start + 7}
    answer = client.post("/api/v1/segments/2/align", json=given).json
    assert answer["source"] == "Vương Nghị"
    assert answer["term"]
