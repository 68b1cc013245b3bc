"""What several of these tests run on."""

import pytest


@pytest.fixture(
    scope="module",
    params=[pytest.param("real", marks=pytest.mark.elasticsearch), "embedded"],
)
def url(request):
    if request.param == "real":
        return request.getfixturevalue("elasticsearch_url")
    return request.getfixturevalue("embedded").url
