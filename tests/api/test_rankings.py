"""Rankings by year say how sure the year is."""

import httpx
import pytest

from store import Database, queries


@pytest.mark.parametrize("operation", ["users_recommend", "users_not_recommend", "best_developer_year"])
def test_a_ranking_by_year_says_how_much_of_the_year_is_inferred(
    sample_client: httpx.Client, sample_store: Database, operation: str
) -> None:
    with sample_store.reader() as session:
        inferred = getattr(queries, operation)(session, 2016).dates.inferred
    assert inferred  # the sample has days without a year, as the crawl has
    found = sample_client.get(f"/v1/{operation}", params={"year": 2016}).json()
    assert found["dates"]["inferred"] == inferred
    assert [place["rank"] for place in found["ranking"]] == [1, 2, 3]


def test_a_ranking_by_release_has_no_dates_of_reviews(sample_client: httpx.Client) -> None:
    answer = sample_client.get("/v1/best_developer_year", params={"year": 2013, "basis": "released"})
    assert answer.json()["dates"] is None
