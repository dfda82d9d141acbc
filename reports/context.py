"""What stands around every page: the sidebar a person may use, their name, their duties' count (two cheap queries)."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from parties.models import Company, User
from workflow import clock
from workflow.deputies import ids
from workflow.models import Duty

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Entry:
    """A place in the sidebar: shown when its address exists and the person holds one of the rights."""

    label: StrOrPromise
    view: str
    rights: tuple[str, ...] = ()
    icon: str = ""
    rules: tuple[str, ...] = ()  # duties of these rules are counted beside it


@dataclass(frozen=True)
class Section:
    """One chapter of the regulation in the sidebar."""

    label: StrOrPromise
    article: StrOrPromise
    icon: str
    entries: tuple[Entry, ...]


@dataclass
class Place:
    """An entry as one person sees it on one page."""

    label: str
    url: str
    icon: str = ""
    count: int = 0
    current: bool = False


@dataclass
class Chapter:
    """A chapter as one person sees it: open where the page stands."""

    label: str
    article: str
    icon: str
    items: list[Place] = field(default_factory=list)

    @property
    def open(self) -> bool:
        return any(item.current for item in self.items)


TOP = (Entry(_("我的一天"), "reports:home", icon="ti-home"), Entry(_("看板"), "reports:board", icon="ti-layout-kanban"))
FOOT = (Entry(_("制度"), "reports:regulation", icon="ti-file-text"),)
ACCOUNT = (
    Entry(_("请假与代理"), "workflow:leaves", icon="ti-calendar-off"),
    Entry(_("账号安全"), "parties:security", icon="ti-shield-lock"),
    Entry(_("登录着的地方"), "parties:sessions", icon="ti-devices"),
    Entry(_("修改口令"), "parties:password", icon="ti-key"),
    Entry(_("接口令牌"), "integration:tokens", ("parties.administer",), "ti-plug"),
    Entry(_("管理后台"), "admin:index", ("parties.administer",), "ti-settings"),
)
CHAPTERS = (
    Section(
        _("跟单"),
        _("第二章"),
        "ti-clipboard-list",
        (
            Entry(_("业务单"), "orders:list", ("orders.view",), rules=("A6.1d", "A6.1f")),
            Entry(_("待审核"), "orders:queue", ("orders.accept",), rules=("A6.1e",)),
            Entry(_("请示"), "orders:asked", ("orders.ask_instruction", "orders.answer_instruction"), rules=("A6.1c",)),
            Entry(_("原件待补"), "orders:originals", ("orders.register_original",), rules=("A6.1b",)),
            Entry(_("询价报价"), "orders:quotations", ("orders.view_quotations",)),
            Entry(_("巡查"), "production:visits", ("production.visit", "orders.accept"), rules=("A6.4a",)),
            Entry(_("异常"), "production:issues", ("production.view",), rules=("A6.4b", "A6.4c", "A6.4d")),
            Entry(_("检验"), "production:inspections", ("production.inspect",), rules=("A51",)),
            Entry(_("样品留样"), "samples:list", ("orders.view",), rules=("A10", "A6.3c")),
        ),
    ),
    Section(
        _("订单评审"),
        _("第三章"),
        "ti-clipboard-check",
        (
            Entry(_("评审"), "reviews:list", ("reviews.view",), rules=("A15", "A16", "A17", "A19", "A20")),
            Entry(_("业务通知单"), "reviews:notices", ("reviews.view",), rules=("A6.3",)),
            Entry(_("谁手里有什么"), "reviews:who_has_what", ("reviews.view",)),
            Entry(_("授权书"), "reviews:authorisations", ("reviews.view",)),
            Entry(_("更改申请"), "reviews:changes", ("reviews.view",), rules=("A22",)),
        ),
    ),
    Section(
        _("外协加工"),
        _("第四章"),
        "ti-building-factory",
        (
            Entry(_("外协加工单"), "outsourcing:list", ("outsourcing.view",), rules=("A23", "A41")),
            Entry(_("加工商"), "outsourcing:processors", ("outsourcing.view",)),
        ),
    ),
    Section(
        _("成品发运"),
        _("第五章"),
        "ti-truck",
        (
            Entry(_("发货"), "shipping:list", ("shipping.view",), rules=("A52", "A54")),
            Entry(_("退货"), "shipping:returns", ("shipping.view",), rules=("A56",)),
        ),
    ),
    Section(
        _("台账与收款"),
        _("第六章"),
        "ti-book",
        (
            Entry(_("发出商品台账"), "ledger:list", ("ledger.view",)),
            Entry(_("发票"), "ledger:invoices", ("ledger.view",), rules=("A63",)),
            Entry(_("收款"), "ledger:payments", ("ledger.view",), rules=("A6.6", "A64")),
        ),
    ),
    Section(
        _("投诉与服务"),
        "",
        "ti-message-report",
        (Entry(_("投诉"), "complaints:list", ("orders.view",), rules=("A8", "C1")),),
    ),
    Section(
        _("报表与考核"),
        "",
        "ti-chart-bar",
        (
            Entry(_("统计"), "reports:statistics", ("orders.view_money",)),
            Entry(_("周总结"), "reports:weekly", ("orders.view_money",)),
        ),
    ),
    Section(
        _("基础资料"),
        "",
        "ti-settings",
        (
            Entry(_("客户"), "parties:customers", ("parties.view",)),
            Entry(_("产品"), "orders:products", ("orders.view_products",)),
            Entry(_("业务种类"), "orders:kinds", ("orders.edit_kinds",)),
        ),
    ),
)


@cache
def address(view: str) -> str:
    """The page's address, or nothing while the house has no such page; neither changes while a process lives."""
    try:
        return reverse(view)
    except NoReverseMatch:
        return ""


class Shell:
    """The frame around a page for one person; nothing is asked of the database before a template shows it."""

    def __init__(self, request: HttpRequest, user: User) -> None:
        self.path, self.user = request.path, user
        self.duties_late = 0

    @cached_property
    def company(self) -> str:
        """Read at each page, because the administrator may change it; one row."""
        company = Company.objects.only("name", "short_name").first()
        return (company.short_name or company.name) if company else ""

    @property
    def person(self) -> str:
        return str(self.user)

    @property
    def initial(self) -> str:
        return str(self.user)[:1]

    @property
    def role(self) -> str:
        """跟单员；部门的人写部门，负责人写明负责人。"""
        department = self.user.department
        if self.user.role != "department" or department is None:
            return str(self.user.get_role_display())
        return str(_("%s负责人") % department) if self.user.heads(department.pk) else str(department)

    @property
    def department(self) -> str:
        return str(self.user.department or "")

    home = property(lambda self: address("reports:home") or "/")
    search = property(lambda self: address("reports:search") or address("orders:list"))
    duties_url = property(lambda self: address("reports:duties") or address("reports:home"))
    logout = property(lambda self: address("parties:logout"))

    @cached_property
    def top(self) -> list[Place]:
        return self._places(TOP)

    @cached_property
    def foot(self) -> list[Place]:
        return self._places(FOOT)

    @cached_property
    def account(self) -> list[Place]:
        return self._places(ACCOUNT)

    @cached_property
    def chapters(self) -> list[Chapter]:
        """Only chapters in which this person has somewhere to go; the innermost address that fits is 'here'."""
        chapters = [Chapter(str(s.label), str(s.article), s.icon, self._places(s.entries)) for s in CHAPTERS]
        here = [item for chapter in chapters for item in chapter.items if self.path.startswith(item.url)]
        if here:
            max(here, key=lambda item: len(item.url)).current = True
        return [chapter for chapter in chapters if chapter.items]

    def _places(self, entries: tuple[Entry, ...]) -> list[Place]:
        places = []
        for entry in entries:
            allowed = not entry.rights or any(self.user.may(right) for right in entry.rights)
            url = address(entry.view) if allowed else ""
            if url:
                places.append(Place(str(entry.label), url, entry.icon, self._count(entry), self.path == url))
        return places

    def _count(self, entry: Entry) -> int:
        return sum(count for rule, count in self._duties.items() if rule.startswith(entry.rules)) if entry.rules else 0

    @cached_property
    def _duties(self) -> dict[str, int]:
        """Open duties of this person by regulation row: one query for the bell and every count of the sidebar."""
        open_ones = Duty.objects.filter(holder__in=ids(self.user), closed_at__isnull=True)
        rows = open_ones.values_list("rule").annotate(count=Count("pk"), late=Count("pk", filter=Q(by__lt=clock.now())))
        self.duties_late = 0
        counts = {}
        for rule, count, late in rows:
            counts[rule] = count
            self.duties_late += late
        return counts

    @property
    def duties(self) -> int:
        return sum(self._duties.values())


def shell(request: HttpRequest) -> dict[str, object]:
    """Context processor: `shell` for whoever is logged in."""
    user = getattr(request, "user", None)
    return {"shell": SimpleLazyObject(lambda: Shell(request, user))} if isinstance(user, User) else {}
