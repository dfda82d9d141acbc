"""What the answer page shows beside the form: the department's other promises, the others, the effect on the date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orders.guards import REQUIREMENT_NAMES
from orders.models import Order, OrderLine
from parties.models import Department
from parties.roles import Function
from reviews import points
from reviews.load import Load, load_of
from reviews.models import Answer, Round, Verdict
from reviews.selectors import buffer_days
from workflow import clock
from workflow.calendar import working_days_from
from workflow.templatetags.wording import day, moment

DAYS = 9
BEFORE = dt.timedelta(days=5)
WIDTH, FLOOR, TALLEST, STEP, BAR = 520, 98, 62, 57.8, 26
VERDICT_TONES = {Verdict.AGREE: "good", Verdict.CONDITIONAL: "risk", Verdict.DISAGREE: "late"}
VERDICT_WORDS = {
    Verdict.AGREE: gettext_lazy("同意"),
    Verdict.CONDITIONAL: gettext_lazy("有条件"),
    Verdict.DISAGREE: gettext_lazy("不同意"),
}
DETAILS = (
    ("specification", gettext_lazy("规格")),
    ("printing", gettext_lazy("印刷")),
    ("material", gettext_lazy("材料")),
    ("finishing", gettext_lazy("后加工")),
)


# --- the department's days --------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Bar:
    """One working day of the chart: how many orders the department has promised for it."""

    day: dt.date
    had: int
    mine: int
    x: float
    had_y: float
    had_height: float
    mine_y: float
    mine_height: float

    @property
    def count(self) -> int:
        return self.had + self.mine

    @property
    def middle(self) -> float:
        return round(self.x + BAR / 2, 1)

    @property
    def above(self) -> float:
        """Where the figure over the bar stands."""
        return round(min(self.had_y, self.mine_y) - 4, 1)


@dataclass(frozen=True)
class Days:
    """The chart of a department's promises around a date, and the sentence beside it."""

    bars: list[Bar]
    planned: dt.date | None
    words: str

    @property
    def anything(self) -> bool:
        """Whether there is anything to draw."""
        return any(bar.count for bar in self.bars)


def department_days(answer: Answer, planned: dt.date | None) -> Days:
    """本部门哪天已经答应了几单要完成，加上本单（第十七条）。"""
    today = clock.today()
    first = max(today, planned - BEFORE) if planned and planned >= today else today
    days = working_days_from(first, DAYS)
    if planned and planned >= today and planned not in days:
        days = sorted([*days[:-1], planned])
    load = load_of(answer, first)
    had = load.by_day
    tallest = max([*(had.get(one, 0) + (one == planned) for one in days), 3])
    bars = [_bar(place, one, had.get(one, 0), int(one == planned), tallest) for place, one in enumerate(days)]
    return Days(bars, planned, _said_of(planned, load))


def _bar(place: int, one: dt.date, had: int, mine: int, tallest: int) -> Bar:
    unit = TALLEST / tallest
    had_y = FLOOR - had * unit
    x = round(16 + place * STEP, 1)
    return Bar(
        one, had, mine, x, round(had_y, 1), round(had * unit, 1), round(had_y - mine * unit, 1), round(mine * unit, 1)
    )


def _said_of(planned: dt.date | None, load: Load) -> str:
    if planned is None:
        return _("填了日期，看得到那天、那一周本部门还有几单。")
    others = load.by_day.get(planned, 0)
    words = _("%(day)s 本部门没有别的单要完成") % {"day": day(planned)}
    if others:
        words = _("%(day)s 本部门还有 %(n)s 单要完成") % {"day": day(planned), "n": others}
    words += _("，那一周共 %(n)s 单") % {"n": load.week_of(planned)}
    return words + (_("；已答应的最晚到 %(day)s。") % {"day": day(load.last)} if load.last else "。")


# --- the other departments --------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Other:
    """One department in the side panel: its word, and who said or has to say it."""

    answer: Answer
    word: str
    tone: str
    note: str
    mine: bool


def others(review: Round, mine: Answer | None, *, heard: Container[int]) -> list[Other]:
    """各部门：谁答了、签了，轮到谁（第十九条）；`heard` names the answers whose opinion this person may read."""
    own = mine.pk if mine else None
    return [_other(answer, answer.pk == own, answer.pk in heard) for answer in review.answers_now]


def _other(answer: Answer, mine: bool, heard: bool) -> Other:
    if answer.broken:
        return Other(answer, _("签字失效"), "late", answer.broken, mine)
    waits = not answer.is_signed and answer.round.state == Round.State.OPEN
    if mine and waits:
        word, tone = _("轮到你"), "now"
    elif answer.state == Answer.State.BLANK:
        word, tone = _("没答"), ""
    elif not answer.is_signed:
        word, tone = _("没签"), ""
    else:
        word, tone = str(VERDICT_WORDS[Verdict(answer.verdict)]), VERDICT_TONES[Verdict(answer.verdict)]
    return Other(answer, word, tone, note_on(answer, heard=heard), mine)


def note_on(answer: Answer, *, heard: bool) -> str:
    """生产 12-05，赵铁生今天 08:50 签。特种纸要先付 50%。"""
    head = str(answer.department.head or _("没有负责人"))
    if answer.state == Answer.State.BLANK:
        return _("%(name)s，还没答") % {"name": head}
    when = f"{stage(answer.department)} {day(answer.planned_date)}"
    if not answer.signed_by or not answer.is_signed:
        return _("%(when)s，还没签") % {"when": when}
    by = _("代签") if answer.is_proxy else _("签")
    told = f"{when}，{answer.signed_by} {moment(answer.signed_at)} {by}"
    if answer.countersigned_by:
        told += _("，%(name)s补签") % {"name": answer.countersigned_by}
    elif answer.is_proxy:
        told += _("，待%(name)s补签") % {"name": head}
    said = heard and answer.verdict != Verdict.AGREE and answer.comment
    return f"{told}。{answer.comment}" if said else told


# --- the effect on the delivery date ----------------------------------------------------------------------------------
@dataclass(frozen=True)
class Effect:
    """What the dates come to: one line per stage, the delivery, and how that lies to the customer's wish."""

    stages: list[tuple[str, dt.date | None, bool]]
    delivery: dt.date | None
    wanted: dt.date
    words: str
    tone: str


def effect(review: Round, mine: Answer | None, planned: dt.date | None) -> Effect:
    """各段日期、预计发货，和客户要求差几天（第二十条）。"""
    dates: dict[str, list[tuple[dt.date | None, bool]]] = {}
    for answer in review.answers_now:
        own = mine is not None and answer.pk == mine.pk
        dates.setdefault(stage(answer.department), []).append((planned if own else answer.planned_date, own))
    stages = [
        (name, _latest(one for one, _own in rows), any(own for _one, own in rows)) for name, rows in dates.items()
    ]
    latest = _latest(one for _name, one, _own in stages)
    delivery = latest + dt.timedelta(days=buffer_days(review.order)) if latest else None
    wanted = review.subject.requested_date
    complete = all(one for rows in dates.values() for one, _own in rows)
    return Effect(stages, delivery, wanted, *_against(delivery, wanted, complete=complete))


def _latest(dates: Iterable[dt.date | None]) -> dt.date | None:
    return max((one for one in dates if one is not None), default=None)


def _against(delivery: dt.date | None, wanted: dt.date, *, complete: bool) -> tuple[str, str]:
    if delivery is None:
        return _("还没有日期"), ""
    days = (wanted - delivery).days
    if days < 0:
        return _("晚 %(n)s 天") % {"n": -days}, "late"
    words = _("正好") if days == 0 else _("早 %(n)s 天") % {"n": days}
    return (words, "good") if complete else (_("目前%(words)s") % {"words": words}, "")


# --- words ------------------------------------------------------------------------------------------------------------
def stage(department: Department) -> str:
    """设计、物料、生产、检验；别的部门就叫部门的名字。"""
    words = points.STAGES.get(Function(department.function))
    return str(words) if words else department.name


def date_name(department: Department) -> str:
    """这个部门答的是什么日期（第十七条）。"""
    return str(points.DATE_NAMES.get(Function(department.function), points.OTHER_DATE))


def sign_words(planned: dt.date | None, verdict: str, *, proxy: bool) -> str:
    """签字：12-05，有条件同意。"""
    act = _("代签") if proxy else _("签字")
    parts = [day(planned) if planned else "", str(Verdict(verdict).label) if verdict in Verdict.values else ""]
    said = "，".join(part for part in parts if part)
    return f"{act}：{said}" if said else act


def due_words(due: dt.datetime) -> str:
    """今天 17:00，还有 6 小时。"""
    now = clock.now()
    hours = (due - now).total_seconds() / 3600
    if hours < 0:
        return _("%(when)s，已过") % {"when": moment(due)}
    if hours < 24:
        left = _("还有 %(n)s 小时") % {"n": max(round(hours), 1)}
    else:
        left = _("还有 %(n)s 天") % {"n": (timezone.localdate(due) - clock.today()).days}
    return f"{moment(due)}，{left}"


def due_tone(due: dt.datetime) -> str:
    """Late past the limit, a risk before it."""
    return "t-late" if due < clock.now() else "t-risk"


def facts_of(order: Order) -> list[tuple[OrderLine, list[tuple[str, str]]]]:
    """Each line of the order with what is written of it; what is empty is left out. No price stands here (B7)."""
    return [
        (line, [(str(label), getattr(line, key)) for key, label in DETAILS if getattr(line, key)])
        for line in order.goods_now
    ]


def wishes_of(order: Order) -> list[tuple[str, str]]:
    """整单的要求：质量标准、包装……"""
    return [(str(_(REQUIREMENT_NAMES.get(key, key))), str(words)) for key, words in order.requirements.items() if words]
