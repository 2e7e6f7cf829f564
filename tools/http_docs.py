"""Writes the examples of the API's description and the table of docs/http.md; `make docs` runs it.

The examples are answers of the generated sample, which is generated, ingested and trained on for it.
"""

import json
import tempfile
from pathlib import Path
from typing import Any

import httpx

import ingest
import recommender
from api.description import EXAMPLES
from api.operations import OPERATIONS
from api.options import ApiOptions
from api.server import served
from ingest.sample import write_sample
from store import Database

ROOT = Path(__file__).parents[1]
EXAMPLES_FILE = ROOT / "api" / EXAMPLES
PAGE = ROOT / "docs" / "http.md"
_BEGIN, _END = "<!-- The table of operations, from `make docs`. -->\n", "<!-- End of the table. -->\n"


def main() -> None:
    """Write both."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(Path(folder) / "sample.sqlite3")
        write_sample(Path(folder) / "sample")
        ingest.ingest(database, [Path(folder) / "sample"], train=recommender.train)
        with (
            served(database, ApiOptions(port=0, rate_limit=None)) as port,
            httpx.Client(base_url=f"http://127.0.0.1:{port}") as client,
        ):
            written = json.dumps(answers(client), indent=1, ensure_ascii=False)
        database.close()
    EXAMPLES_FILE.write_text(f"{written}\n", encoding="utf-8")
    PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


def answers(client: httpx.Client) -> dict[str, Any]:
    """Return what every documented operation answers to its documented parameters, by its id."""
    described = client.get("/openapi.json").raise_for_status().json()
    schemas = described["components"]["schemas"]
    return {
        operation["operationId"]: _answer(client, method, path, operation, schemas)
        for path, operations in described["paths"].items()
        for method, operation in operations.items()
    }


def _answer(
    client: httpx.Client, method: str, path: str, operation: dict[str, Any], schemas: dict[str, Any]
) -> Any:
    examples = {
        (parameter["in"], parameter["name"]): parameter["schema"]["examples"][0]
        for parameter in operation.get("parameters", ())
        if "examples" in parameter["schema"]
    }
    for (place, name), value in examples.items():
        if place == "path":
            path = path.replace(f"{{{name}}}", str(value))
    body = schemas["LibraryRequest"]["example"] if "requestBody" in operation else None
    query = {name: value for (place, name), value in examples.items() if place == "query"}
    response = client.request(method, path, params=query, json=body)
    return response.raise_for_status().json()


def with_table(page: str) -> str:
    """Return the page with the table as it should be."""
    head, _, rest = page.partition(_BEGIN)
    return head + _BEGIN + table() + _END + rest.partition(_END)[2]


def table() -> str:
    """Return the table of all operations under `/v1`: address, and what it answers."""
    rows = [
        f"| `{'POST ' if operation.method == 'POST' else ''}{operation.path}` | {operation.summary} |"
        for operation in OPERATIONS
        if operation.path.startswith("/v1/")
    ]
    return "\n".join(["| address | what it answers |", "|---|---|", *rows]) + "\n"


if __name__ == "__main__":
    main()
