"""部门答复：一轮评审里一个部门的六项、结论与计划日期，签字绑定于内容（第十七条至第二十条）。"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from orders.models import Order
from orders.models.part import OfOrder, OrderPart
from papers.canonical import fingerprint
from parties.models import Department, User
from reviews import guards, points
from reviews.models.round import Round
from reviews.rights import balances, heads, is_delegate, writes_answer
from workflow import clock
from workflow.guards import Right


class Verdict(models.TextChoices):
    """部门的结论（接口值）。"""

    AGREE = "agree", _("同意")
    CONDITIONAL = "conditional", _("有条件同意")
    DISAGREE = "disagree", _("不同意")


@dataclass(frozen=True)
class AnswerInput:
    """一份答复的内容：界面与接口都先变成它；起草时可以没有写完。"""

    verdict: str = ""
    planned_date: dt.date | None = None
    points: Mapping[str, bool] = field(default_factory=dict)
    remarks: Mapping[str, str] = field(default_factory=dict)
    comment: str = ""


SIGNED_CONTENT_STAYS = pgtrigger.Protect(
    name="signed_content_stays",
    operation=pgtrigger.Update,
    condition=pgtrigger.Q(old__state__in=["signed", "proxy_signed", "countersigned"])
    & pgtrigger.Q(new__state__in=["signed", "proxy_signed", "countersigned"])
    & (
        pgtrigger.Q(new__verdict__df=pgtrigger.F("old__verdict"))
        | pgtrigger.Q(new__planned_date__df=pgtrigger.F("old__planned_date"))
        | pgtrigger.Q(new__points__df=pgtrigger.F("old__points"))
        | pgtrigger.Q(new__remarks__df=pgtrigger.F("old__remarks"))
        | pgtrigger.Q(new__comment__df=pgtrigger.F("old__comment"))
        | pgtrigger.Q(new__signed_sha256__df=pgtrigger.F("old__signed_sha256"))
    ),
)


class AnswerQuerySet(OfOrder, models.QuerySet[Any]):
    """Answers, narrowed to the orders a person may see."""

    of_order = "round__order"


class Answer(OrderPart):
    """一个部门的答复：谁签、签在什么内容上，改了就要重签（第十九条、第二十条）。"""

    class State(models.TextChoices):
        BLANK = "blank", _("没答")
        ANSWERED = "answered", _("待签字")
        SIGNED = "signed", _("已签")
        PROXY_SIGNED = "proxy_signed", _("代签，待补签")
        COUNTERSIGNED = "countersigned", _("已补签")

    broken = ""  # in words, once reviews.verifying has looked
    SIGNED_STATES: ClassVar = (State.SIGNED, State.PROXY_SIGNED, State.COUNTERSIGNED)
    part_of = "round"
    lock_with = ("round", "department", "signed_by")
    found_with = (
        "round__order", "round__state", "round__asks_cost", "round__points",
        "verdict", "planned_date", "points", "remarks", "comment",
    )  # fmt: skip

    round = models.ForeignKey(Round, models.PROTECT, related_name="answers", verbose_name=_("评审"))
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("部门"))
    state = FSMField(_("状态"), max_length=20, choices=State, default=State.BLANK, protected=True)
    verdict = models.CharField(_("结论"), max_length=12, choices=Verdict, blank=True)
    planned_date = models.DateField(_("计划完成"), null=True, blank=True)
    points: Any = models.JSONField(_("六项"), default=dict, blank=True)
    remarks: Any = models.JSONField(_("六项说明"), default=dict, blank=True)
    comment = models.TextField(_("意见与条件"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("答复人")
    )
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("签字人")
    )
    signed_at = models.DateTimeField(_("签字时间"), null=True, blank=True)
    signed_sha256 = models.CharField(max_length=64, blank=True)
    countersigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("补签人")
    )
    countersigned_at = models.DateTimeField(_("补签时间"), null=True, blank=True)

    objects: ClassVar[models.Manager[Any]] = AnswerQuerySet.as_manager()

    class Meta(OrderPart.Meta):
        verbose_name = verbose_name_plural = _("部门答复")
        triggers: ClassVar = [*OrderPart.Meta.triggers, SIGNED_CONTENT_STAYS]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "department"], name="one_answer_per_department"),
            models.CheckConstraint(
                name="signed_answer_names_its_content",
                condition=~Q(state__in=["signed", "proxy_signed", "countersigned"])
                | Q(signed_by__isnull=False, signed_at__isnull=False) & ~Q(signed_sha256=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["department", "state"],
                name="answer_unsigned",
                condition=Q(state__in=["blank", "answered", "proxy_signed"]),
            ),
            models.Index(fields=["department", "planned_date"], name="answer_by_promise"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.department}"

    @property
    def order(self) -> Order:
        """The order under review."""
        return self.round.order

    def is_of(self, person: User) -> bool:
        """本部门的人，或部门第一负责人（第十七条、第十九条）。"""
        return self.department_id == person.department_id or self.department.head_id == person.pk

    # --- facts about one answer --------------------------------------------------------------------------------------
    @property
    def content(self) -> dict[str, Any]:
        """签字所签的全部：哪张单哪一版哪一轮（更改的，改了什么；种类自己的，问了什么）、部门、六项与说明、结论、日期、意见（I19）。"""
        of_change = {"change": self.round.change.sha256} if self.round.change is not None else {}
        asked = {"asked": self.round.points} if self.round.points else {}
        return {
            **of_change,
            **asked,
            "order": self.round.order_id,
            "order_version": self.round.order_version,
            "round": self.round.number,
            "department": self.department.code,
            "verdict": self.verdict,
            "planned_date": self.planned_date,
            "points": self.points,
            "remarks": self.remarks,
            "comment": self.comment,
        }

    @property
    def sha256(self) -> str:
        """现在内容的指纹。"""
        return fingerprint(self.content)

    @property
    def is_signed(self) -> bool:
        """签字有效：签过，而且签的就是现在的内容（第二十条）。"""
        return self.state in self.SIGNED_STATES and self.signed_sha256 == self.sha256

    @property
    def is_torn(self) -> bool:
        """签着，内容却不是签的那一份：绕过流程改的，签字失效（I19）。"""
        return self.state in self.SIGNED_STATES and not self.is_signed

    @property
    def is_proxy(self) -> bool:
        """由被授权人代签（第十九条）。"""
        return self.state in {self.State.PROXY_SIGNED, self.State.COUNTERSIGNED}

    @property
    def unanswered_points(self) -> list[str]:
        """六项里还没有答的（第十八条）。"""
        return [str(point.title) for point in points.of(self.round) if self.points.get(point.code) is None]

    def differs_from(self, given: AnswerInput) -> bool:
        """给的内容与现在的不一样。"""
        now = (self.verdict, self.planned_date, self.points, self.remarks, self.comment)
        return now != (given.verdict, given.planned_date, dict(given.points), dict(given.remarks), given.comment)

    # --- the machine, in the order of life ---------------------------------------------------------------------------
    @transition(
        field=state,
        source=[State.BLANK, State.ANSWERED, State.SIGNED, State.PROXY_SIGNED, State.COUNTERSIGNED],
        target=State.ANSWERED,
        permission=Right("reviews.answer", when=writes_answer),
        conditions=[guards.round_is_open],
        custom={"label": _("答复"), "article": "第十七条", "rule": "A17"},
    )
    def answer(self, *, by: User, given: AnswerInput) -> None:
        """本部门答自己的部分；改了内容，原来的签字即失效（第十七条、第二十条）。"""
        self._answered(by, given)
        self._unsign()

    @transition(
        field=state,
        source=State.BLANK,
        target=State.ANSWERED,
        permission=Right("reviews.balance", when=balances),
        conditions=[guards.round_is_open, guards.round_is_a_meeting],
        custom={"label": _("会上答复"), "article": "第十九条", "rule": "A19.1", "driven": True},
    )
    def answer_in_meeting(self, *, by: User, given: AnswerInput) -> None:
        """还没有答的部门，会上说的由主任记下，第一负责人事后签字（第十九条）。"""
        self._answered(by, given)

    @transition(
        field=state,
        source=State.ANSWERED,
        target=State.SIGNED,
        permission=Right("reviews.answer", when=heads),
        conditions=[guards.round_is_open, guards.has_verdict_and_date, guards.six_points_are_answered],
        custom={"label": _("签字"), "article": "第十九条", "rule": "A19.2"},
    )
    def sign(self, *, by: User) -> None:
        """部门第一负责人签字，只对现在的内容有效（第十九条、第二十条）。"""
        self._signed(by)

    @transition(
        field=state,
        source=State.ANSWERED,
        target=State.PROXY_SIGNED,
        permission=Right("reviews.answer", when=is_delegate),
        conditions=[guards.round_is_open, guards.has_verdict_and_date, guards.six_points_are_answered],
        custom={"label": _("代签"), "article": "第十九条", "rule": "A19.2"},
    )
    def sign_as_delegate(self, *, by: User) -> None:
        """被授权人代签，第一负责人事后补签（第十九条）。"""
        self._signed(by)

    @transition(
        field=state,
        source=State.PROXY_SIGNED,
        target=State.COUNTERSIGNED,
        permission=Right("reviews.answer", when=heads),
        conditions=[guards.signature_holds],
        custom={"label": _("补签"), "article": "第十九条", "rule": "A19.2"},
    )
    def countersign(self, *, by: User) -> None:
        """补签：由补签时的部门第一负责人签；评审结束以后也要补（第十九条）。"""
        self.countersigned_by = by
        self.countersigned_at = clock.now()

    @transition(
        field=state,
        source=[State.ANSWERED, State.SIGNED, State.PROXY_SIGNED, State.COUNTERSIGNED],
        target=State.ANSWERED,
        permission=Right("reviews.balance", when=balances),
        conditions=[guards.round_is_open],
        custom={"label": _("平衡日期"), "article": "第二十条", "rule": "A20.1", "driven": True},
    )
    def balance(self, *, by: User, planned_date: dt.date) -> None:
        """平衡改了计划日期，这个部门要在新日期上重签（第二十条）。"""
        self.planned_date = planned_date
        self._unsign()

    def _answered(self, by: User, given: AnswerInput) -> None:
        self.verdict = given.verdict
        self.planned_date = given.planned_date
        self.points = dict(given.points)
        self.remarks = dict(given.remarks)
        self.comment = given.comment
        self.answered_by = by
        self.answered_at = clock.now()

    def _signed(self, by: User) -> None:
        self.signed_by = by
        self.signed_at = clock.now()
        self.signed_sha256 = self.sha256

    def _unsign(self) -> None:
        self.signed_by = None
        self.signed_at = None
        self.signed_sha256 = ""
        self.countersigned_by = None
        self.countersigned_at = None
