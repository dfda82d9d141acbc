"""纸面上的写法：千分位、真负号、短横、绑定单位、不断的编号。"""

import pytest
from django.template import Context, Template

from papers.templatetags import paper_text as marks


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("{{ '20000'|quantity }}", "20,000"),
        ("{{ '2.5'|quantity }}", "2.5"),
        ("{{ '-30'|quantity }}", "−30"),
        ("{{ '142080'|money }}", "142,080.00"),
        ("{{ '-114'|money }}", "−114.00"),
        ("{{ '0.085'|price }}", "0.085"),
        ("{{ '14.8'|price }}", "14.80"),
        ("{{ '0'|money|or_dash }}", "—"),
        ("{{ nothing|quantity }}", ""),
        ("{{ '2026-12-11'|short_day }}", "12-11"),
        ("{{ '2026-11-13T02:12:00Z'|moment }}", "2026-11-13 10:12"),
        ("{{ '2026-12-31T16:01:00Z'|day }}", "2027-01-01"),
        ("{{ '9f3c21a8ffff'|pairs }}", "9F3C 21A8"),
        ("{{ '426596'|in_capitals }}", "肆拾贰万陆仟伍佰玖拾陆元整"),
    ],
)
def test_how_a_figure_stands(written: str, shown: str) -> None:
    assert Template("{% load paper_text %}" + written).render(Context()) == shown


@pytest.mark.parametrize(("over", "under", "shown"), [("3", "3", "±3"), ("3", "0", "+3 / −0"), ("0", "0", "±0")])
def test_tolerances(over: str, under: str, shown: str) -> None:
    assert marks.tolerance({"over_percent": over, "under_percent": under}) == shown


def test_codes_and_dates_stay_whole_and_units_with_their_number() -> None:
    assert marks.words("标样 BY26-0412，限11-27 到 2.5 mm") == (
        '标样 <span class="nw">BY26-0412</span>，限<span class="nw">11-27</span> 到 2.5\u00a0mm'
    )


def test_words_are_escaped() -> None:
    assert marks.words('<b>"x" & y</b>') == "&lt;b&gt;&quot;x&quot; &amp; y&lt;/b&gt;"


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        (
            "正 4（PANTONE 3435 C）胶印",
            "正 4（PANTONE 3425 C）胶印",
            ("正 4（", "PANTONE 3435 C", "PANTONE 3425 C", "）胶印"),
        ),
        ("覆哑膜", "覆哑膜、烫金", ("覆哑膜", "", "、烫金", "")),
        ("", "新", ("", "", "新", "")),
        ("同", "同", ("同", "", "", "")),
    ],
)
def test_a_change_of_text_shows_only_what_changed(old: str, new: str, parts: tuple[str, ...]) -> None:
    found = marks.difference({"text": new, "was": {"ref": "改1", "old": old}})  # type: ignore[dict-item]
    assert tuple(found[key] for key in ("before", "old", "new", "after")) == parts
    assert found["before"] + found["new"] + found["after"] == new


def test_requirements_are_laid_out_two_by_two() -> None:
    items: list[dict[str, object]] = [{"wide": True}, {"n": 1}, {"n": 2}, {"n": 3}, {"wide": True}]
    assert marks.laid_out(items) == [[{"wide": True}], [{"n": 1}, {"n": 2}], [{"n": 3}], [{"wide": True}]]
