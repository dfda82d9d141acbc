"""From the customer's order to the signed notice (第二章、第三章): each `yield` is the moment of the next act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from config.demo.walk import HEADS, Walk
from orders import services as orders
from reviews import points
from reviews import services as reviews
from reviews.models import Notice, Round
from reviews.services import AnswerInput, ToldInput
from workflow import clock

ANSWERS = {
    "engineering": "菲林与刀版按客户文件，首件签样后开机。",
    "material_control": "纸张有库存，辅料 3 天到齐。",
    "printing_manufacturing": "排在 2 号机，夜班可加机。",
    "printing_quality": "按标样抽检，色差 ΔE ≤ 3。",
    "paper_manufacturing": "裱糊与成型两道，分批转序。",
    "paper_quality": "按尺寸公差与承重抽检。",
}


class Taking(Walk):
    """接单、评审、业务通知单。"""

    def intake(self) -> Iterator[dt.datetime]:
        """登记、提交、受理。"""
        yield self.pace.on(0, "10:20")
        if not self.far("returned"):
            yield from self.stays_draft()
            return
        if self.plan.given.basis == "none":
            asked = orders.ask_instruction(self.order, "客户电话下单，书面下周补寄，先排产。", actor=self.li)
            yield self.pace.on(0, "11:00")
            orders.grant_instruction(asked, "老客户，同意先做。", actor=self.people["laowang"])
        self.order = orders.submit_order(self.order, actor=self.li)
        if not self.far("submitted"):
            yield self.pace.on(0, "16:40")
            orders.return_to_coordinator(
                self.order,
                "包装要求写得太简单。",
                actor=self.people["laowang"],
                remarks={"requirements.packing": "每箱数量和箱唛补上", "lines.0.finishing": "覆膜还是过油？"},
            )
            return
        if self.plan.rejected:
            yield self.pace.on(0, "16:10")
            orders.reject_order(self.order, self.plan.rejected, actor=self.people["laowang"])
        elif self.far("accepted"):
            yield self.pace.on(0, "14:30")
            self.order = orders.accept_order(self.order, actor=self.people["laowang"])

    def stays_draft(self) -> Iterator[dt.datetime]:
        """一张口头的在等请示，一张不符合的已请客户修改（第六条）。"""
        yield self.pace.on(0, "10:40")
        if self.plan.given.basis == "none":
            orders.ask_instruction(self.order, "新客户电话下单，合同三天内补。", actor=self.li)
            return
        one = orders.raise_nonconformity(self.order, "来稿尺寸与刀模不符，差 3 mm。", actor=self.li)
        yield self.pace.on(0, "11:10")
        orders.ask_customer_to_amend(one, "客户采购 刘婷", "电话", actor=self.li)

    def review(self) -> Iterator[dt.datetime]:
        """评审：开轮、各部门答复签字、结论。"""
        if not self.far("opened") or self.plan.rejected:
            return
        yield self.pace.on(0, "15:30")
        review = reviews.open_round(
            self.order, "distributed", actor=self.people["laowang"], reason="常规订单，分散评审"
        )
        if self.plan.cancelled:
            yield self.pace.on(1, "09:10")
            orders.cancel_order(self.order, self.plan.cancelled, actor=self.people["laowang"])
            return
        if self.far("answering"):
            yield from self.answers(review)
        if self.far("negotiating"):
            yield self.pace.on(1, "11:45")
            passed = self.far("agreed")
            given: dict[str, Any] = {"delivery_date": self.promise()} if passed else {"note": "制造部比客户要求晚 2 天"}
            review = reviews.conclude(review, "pass" if passed else "negotiate", actor=self.people["laowang"], **given)
        if self.far("drafted"):
            yield self.pace.on(0, "13:40")
            told = ToldInput("salesperson", str(self.people["sales"]), "微信")
            reviews.record_told(review, told, actor=self.li)

    def answers(self, review: Round) -> Iterator[dt.datetime]:
        """各部门答复；还在评审中的，最后一个部门还没有答。"""
        rows = list(review.answers.select_related("round__order", "department").order_by("id"))
        last = len(rows) if self.far("negotiating") else len(rows) - 1
        for place, answer in enumerate(rows[:last]):
            yield self.pace.on(0 if place else 1, f"{9 + place}:15")
            code = answer.department.code
            head = self.people["engineering2" if self.plan.proxy and code == "engineering" else HEADS[code]]
            given = AnswerInput(
                verdict="agree",
                planned_date=max(self.day((self.plan.lead - 4) * (place + 1) // len(rows)), clock.today()),
                points=dict.fromkeys(points.CODES, True),
                comment=ANSWERS[code],
            )
            reviews.sign_answer(answer, given, actor=head)

    def notice(self) -> Iterator[dt.datetime]:
        """《业务通知单》：编、签、发、签收。"""
        if not self.far("drafted") or self.plan.rejected or self.plan.cancelled:
            return
        yield self.pace.on(0, "14:05")
        notice = reviews.create_notice(self.fresh(), actor=self.li)
        if self.far("signed"):
            yield self.pace.on(0, "16:30")
            notice = reviews.sign_notice(notice, actor=self.people["gm_delegate" if self.plan.proxy else "gm"])
        if self.far("issued"):
            yield self.pace.on(1, "08:40")
            notice = reviews.issue_notice(notice, actor=self.li)
            yield from self.acknowledge(notice)

    def acknowledge(self, notice: Notice) -> Iterator[dt.datetime]:
        """各部门签收；只到「已下单」的，留最后一份没签收。"""
        copies = list(notice.copies.select_related("notice__order", "department").order_by("id"))
        for copy in copies if self.far("acknowledged") else copies[:-2]:
            yield self.pace.on(0, "09:30")
            reviews.acknowledge_copy(copy, actor=self.people[HEADS[copy.department.code]])
        if self.far("producing"):
            yield self.pace.on(0, "15:20")
            reviews.archive_original(notice, f"签发原件 {clock.today():%y-%m} 册", actor=self.li)
