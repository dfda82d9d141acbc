"""报价单、订单确认书、销售合同印出来的样子（B1、B1b）。"""

from __future__ import annotations

import datetime as dt

import pytest

from orders import services
from papers.models import Paper
from papers.services.printing import drawn
from tests.cast import Cast, accepted
from tests.cast_quotations import contracted, declined, expired, inquired, sent
from tests.papers.reading import fonts_of, squeezed, text_of
from workflow import clock

ALL_TERMS = "一、按签样验收，收货后 7 日内书面提出异议。\n二、逾期付款按日计息。"


def printed(about: str, *, void: bool = False) -> str:
    paper = Paper.objects.of(about).get()
    pdf = drawn(paper, priced=True, void=paper.voided if void else None)
    assert fonts_of(pdf) == {"Paper", "Paper-Bold"}
    return squeezed(text_of(pdf))


@pytest.mark.rule("B1")
def test_the_quotation_says_everything(cast: Cast) -> None:
    quotation = sent(cast, inquiry=inquired(cast))
    text = printed(quotation.about)
    for part in ("报价单", "BJ26-000001", "第1版", "瑞禾茶业有限公司", "有效期至", str(quotation.valid_until), "询盘",
                 "XP26-000001", "月结30天", "单价含税13%", "500", "13.80", "12,500.00", "32,700.00", "800.00", "12天",
                 "157g铜版纸", "送货到茶城区", "客户确认"):  # fmt: skip
        assert part in text, part
    assert "作废" not in text.replace("现行/已更改/作废", "")


@pytest.mark.rule("B1")
def test_a_new_version_names_the_old_one(cast: Cast) -> None:
    fresh = services.revise_quotation(sent(cast), actor=cast.xiaoli)
    fresh = services.send_quotation(fresh, to="刘婷", how="邮件", actor=cast.xiaoli)
    text = printed(fresh.about)
    assert "BJ26-000001-2" in text
    assert "第2版取代BJ26-000001" in text


@pytest.mark.rule("B1")
@pytest.mark.parametrize(("walk", "cause"), [(expired, "已过期"), (declined, "已取消")])
def test_a_void_one_says_so_on_the_sheet(cast: Cast, walk: object, cause: str) -> None:
    quotation = walk(cast)  # type: ignore[operator]
    assert f"起作废，{cause}。所列价格不再有效。" in printed(quotation.about, void=True)


@pytest.mark.rule("B1b")
def test_the_confirmation_has_amounts_in_capitals_and_both_hands(cast: Cast) -> None:
    contract = contracted(cast, terms=ALL_TERMS)
    text = printed(contract.about)
    for part in ("订单确认书", "HT26-000001", "GD26-000001", "RH-2611-018", "恒彩印刷纸品有限公司", "瑞禾茶业有限公司",
                 "刘婷", "壹万肆仟壹佰元整", "14,100.00", "+3%−2%", "质量标准：按签样", "逾期付款按日计息",
                 "供方（盖章）", "需方（盖章）", "需方代表签字"):  # fmt: skip
        assert part in text, part


@pytest.mark.rule("B1b")
def test_a_contract_has_its_own_title_and_the_agreed_date(cast: Cast) -> None:
    order = accepted(cast)
    contract = contracted(cast, order, form="contract")
    text = printed(contract.about)
    assert "销售合同" in text
    assert str(clock.today() + dt.timedelta(days=20)) in text
