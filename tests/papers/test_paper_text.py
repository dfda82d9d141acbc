"""印成的单据：字字可读、可搜，只嵌自己的字体，题目完整。"""

import re
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils.html import strip_tags

from papers import compose
from papers.glyphs import drawable, missing_glyphs
from papers.kinds import KINDS
from tests.papers.conftest import log_of, printed, sample_pdf, unsaved, void_of
from tests.papers.reading import fonts_of, han, pages_of, squeezed, text_of
from tests.papers.samples import SAMPLES, change_notice, delivery, notice

KIND_CODES = sorted(SAMPLES)


def page_words(kind: str) -> str:
    """The words of the HTML that the press is given."""
    (context,) = compose.pages_of(unsaved(kind, SAMPLES[kind]()), priced=KINDS[kind].money)
    return strip_tags(render_to_string(KINDS[kind].template, context))


@pytest.mark.parametrize("kind", KIND_CODES)
def test_every_han_character_can_be_read_back(kind: str) -> None:
    found = text_of(sample_pdf(kind))
    assert han(page_words(kind)) <= han(found) | han("续页")
    assert not re.search("[\ufffd\ue000-\uf8ff\u2e80-\u2fdf]", found)


@pytest.mark.parametrize("kind", KIND_CODES)
def test_only_the_paper_font_is_embedded(kind: str) -> None:
    assert fonts_of(sample_pdf(kind)) == {"Paper", "Paper-Bold"}


@pytest.mark.parametrize("kind", KIND_CODES)
def test_the_font_can_draw_every_character(kind: str) -> None:
    assert missing_glyphs(page_words(kind)) == ""


@pytest.mark.parametrize("kind", KIND_CODES)
def test_title_number_and_fingerprint_stand_on_it(kind: str) -> None:
    paper = unsaved(kind, SAMPLES[kind]())
    first = squeezed(pages_of(sample_pdf(kind))[0])
    assert KINDS[kind].title in first
    assert paper.number in first
    assert paper.fingerprint[:8].upper() in first


@pytest.mark.parametrize("kind", ["notice", "ledger"])
def test_a_loose_second_page_still_verifies(kind: str) -> None:
    paper = unsaved(kind, SAMPLES[kind]())
    second = squeezed(pages_of(sample_pdf(kind))[1])
    for words in (KINDS[kind].title, paper.number, paper.fingerprint[:8].upper(), "续页", "第2页/共2页"):
        assert words in second


def test_a_character_without_glyph_is_named() -> None:
    assert missing_glyphs("茶盒\U00020bb7☑茶☑") == "\U00020bb7☑"
    assert {ord(sign) for sign in "作废±−—×Φ≤≥ΔE"} <= drawable()


@pytest.mark.rule("A22")
def test_a_change_shows_old_and_new_four_ways() -> None:
    found = squeezed(text_of(printed("notice", change_notice())))
    assert "业务通知单（更改）" in found
    assert "更改第2版" in found
    assert "TZ26-000187（作废）" in found
    assert "改120,00024,000" in found
    assert "PANTONE3435CPANTONE3425C改3" in found


@pytest.mark.rule("A19.2")
def test_proxies_and_countersignatures_are_marked() -> None:
    found = squeezed(text_of(sample_pdf("review")))
    assert "丁凯代签" in found
    assert "补签马永康11-1208:06" in found
    assert "待补签罗素芬，限11-27" in found
    assert "邓启明代签" in squeezed(text_of(sample_pdf("notice")))


def test_amounts_stand_in_capitals_too() -> None:
    assert "肆拾贰万陆仟伍佰玖拾陆元整" in text_of(sample_pdf("review"))
    assert "贰拾贰万陆仟柒佰贰拾元整" in text_of(sample_pdf("delivery"))


@pytest.mark.rule("A6.3b")
def test_a_copy_names_its_holder_and_what_is_known_by_now() -> None:
    facts: Any = {"copies": {"6": {"received_by": "卢春燕", "proxy": True}}, "milestones": ["2026-11-19"]}
    found = squeezed(text_of(printed("notice", notice(), log=log_of("物控部", facts=facts))))
    assert "第2份/共7份物控部" in found
    assert "卢春燕代领" in found
    assert "2026-11-182026-11-19" in found
    assert "打印周雨桐2026-12-1212:00第2次" in found


@pytest.mark.rule("A22")
@pytest.mark.parametrize("kind", KIND_CODES)
def test_every_page_of_a_void_paper_says_so(kind: str) -> None:
    for page in pages_of(printed(kind, SAMPLES[kind](), void=void_of())):
        assert "作废" in page.splitlines()
    assert not any("作废" in page.splitlines() for page in pages_of(sample_pdf(kind)))


@pytest.mark.parametrize("lines", [5, 6, 7, 8, 12])
def test_signatures_never_stand_alone(lines: int) -> None:
    content = delivery("c241")
    rows = content["lines"] * 3
    content["lines"] = [{**row, "no": place} for place, row in enumerate(rows[:lines], 1)]
    with_hands = [page for page in pages_of(printed("delivery", content)) if "签收人" in page]
    assert len(with_hands) == 1
    assert "YLC-PO-2611-07" in with_hands[0]
