# ruff: noqa: E501
"""样品登记簿：样品、领用、寄样、放行条（第十条、A57、C7）。"""

from __future__ import annotations

from typing import Any

from samples import services
from tests import cast_samples as register
from tests.permissions.world import World
from workflow import clock

ROWS = """
GET  everybody                           -                 samples/
GET  samples.keep                        -                 samples/new/
POST samples.keep                        order.issued      samples/new/
GET  orders.view                         sample            samples/<slug:number>/
GET  orders.view                         sample            samples/<slug:number>/label/
POST samples.keep!warehouse,material     sample            samples/<slug:number>/lend/
POST samples.keep!warehouse,material     sample            samples/<slug:number>/move/
POST samples.keep!warehouse,material     sample            samples/<slug:number>/keep-longer/
POST samples.keep!warehouse,material     sample            samples/<slug:number>/close/
POST samples.keep!warehouse,material     sample            samples/<slug:number>/photos/
POST samples.keep                        sample.material   samples/<slug:number>/ask-pass/
POST samples.keep                        sample.material   samples/<slug:number>/use-up/
POST samples.keep                        sample.allowed    samples/<slug:number>/return/
POST samples.keep                        sample.material   samples/<slug:number>/lose/
GET  orders.view                         loan              loans/<slug:number>/
POST =engineering,engineering2           loan              loans/<slug:number>/acknowledge/
POST samples.keep!warehouse,material     loan              loans/<slug:number>/take-back/
POST samples.keep!warehouse,material     loan              loans/<slug:number>/use-up/
POST samples.keep!warehouse,material     loan              loans/<slug:number>/lose/
GET  orders.view                         pass.asked        passes/<slug:number>/
POST samples.approve_pass                pass.asked        passes/<slug:number>/approve/
POST samples.approve_pass                pass.asked        passes/<slug:number>/refuse/
GET  everybody                           -                 sample-dispatches/
GET  samples.dispatch                    sample            sample-dispatches/new/
POST samples.dispatch                    sample            sample-dispatches/new/
GET  orders.view                         parcel.prepared   sample-dispatches/<slug:number>/
POST samples.dispatch                    parcel.refused    sample-dispatches/<slug:number>/ask-pass/
POST samples.dispatch                    parcel.allowed    sample-dispatches/<slug:number>/send/
POST samples.dispatch                    parcel.sent       sample-dispatches/<slug:number>/arrive/
POST samples.dispatch                    parcel.sent       sample-dispatches/<slug:number>/answer/
POST samples.dispatch                    parcel.prepared   sample-dispatches/<slug:number>/cancel/
GET  everybody                           -                 api/v1/samples/
POST samples.keep                        order.issued      api/v1/samples/
GET  orders.view                         sample            api/v1/samples/<str:number>/
POST samples.keep                        sample.material   api/v1/samples/<str:number>/ask-pass/
POST samples.keep!warehouse,material     sample            api/v1/samples/<str:number>/move/
POST samples.keep!warehouse,material     sample            api/v1/samples/<str:number>/keep-longer/
POST samples.keep                        sample.material   api/v1/samples/<str:number>/use-up/
POST samples.keep                        sample.allowed    api/v1/samples/<str:number>/return/
POST samples.keep                        sample.material   api/v1/samples/<str:number>/lose/
POST samples.keep!warehouse,material     sample            api/v1/samples/<str:number>/close/
GET  everybody                           -                 api/v1/loans/
POST samples.keep!warehouse,material     sample            api/v1/loans/
GET  orders.view                         loan              api/v1/loans/<str:number>/
POST =engineering,engineering2           loan              api/v1/loans/<str:number>/acknowledge/
POST samples.keep!warehouse,material     loan              api/v1/loans/<str:number>/take-back/
POST samples.keep!warehouse,material     loan              api/v1/loans/<str:number>/use-up/
POST samples.keep!warehouse,material     loan              api/v1/loans/<str:number>/lose/
GET  everybody                           -                 api/v1/sample-dispatches/
POST samples.dispatch                    sample            api/v1/sample-dispatches/
GET  orders.view                         parcel.prepared   api/v1/sample-dispatches/<str:number>/
POST samples.dispatch                    parcel.refused    api/v1/sample-dispatches/<str:number>/ask-pass/
POST samples.dispatch                    parcel.allowed    api/v1/sample-dispatches/<str:number>/send/
POST samples.dispatch                    parcel.sent       api/v1/sample-dispatches/<str:number>/arrive/
POST samples.dispatch                    parcel.sent       api/v1/sample-dispatches/<str:number>/answer-back/
POST samples.dispatch                    parcel.prepared   api/v1/sample-dispatches/<str:number>/cancel/
GET  everybody                           -                 api/v1/passes/
GET  orders.view                         pass.asked        api/v1/passes/<str:number>/
POST samples.approve_pass                pass.asked        api/v1/passes/<str:number>/approve/
POST samples.approve_pass                pass.asked        api/v1/passes/<str:number>/refuse/
"""


def prepare(world: World) -> None:
    """A thing of each kind, lent, let out, sent; all of one order."""
    cast, order = world.cast, world.thing["order.issued"]
    world.keep("sample", register.standard(cast, order, retention_until=register.day(9)))
    world.keep("sample.material", register.material(cast, order))
    allowed = world.keep("sample.allowed", register.material(cast, order))
    register.let_go(cast, allowed, "return", "5")
    world.keep("loan", register.lent(cast, register.standard(cast, order), code="engineering"))
    world.keep("parcel.allowed", register.allowed(cast, register.standard(cast, order)))
    world.keep("parcel.sent", register.sent(cast, register.standard(cast, order)))
    prepared = world.keep("parcel.prepared", register.prepared(cast, register.standard(cast, order)))
    world.keep("pass.asked", register.pass_of(prepared))
    refused = world.keep("parcel.refused", register.prepared(cast, register.standard(cast, order)))
    services.refuse_pass(register.pass_of(refused), "再等等", actor=cast.laowang)


def _thing(world: World) -> dict[str, Any]:
    return {"order": world.thing["order.issued"].number, "kind": "standard", "name": "签样", "place": "A-1",
            "owner": "ours", "quantity": "1", "unit": "本", "received_on": str(clock.today())}  # fmt: skip


def _material(world: World) -> dict[str, Any]:
    return {**_thing(world), "kind": "material", "owner": "customer"}


def _loan(world: World) -> dict[str, Any]:
    return {"department": "engineering", "why": "对色", "due_back": str(register.day(5)), "quantity": "1"}


def _parcel(world: World) -> dict[str, Any]:
    return {"sent_to": "何经理", "address": "杭州", "purpose": "确认颜色", "feedback_due": str(register.day(5))}


def _page_parcel(world: World) -> dict[str, Any]:
    sample = world.thing["sample"]
    return {**_parcel(world), "sample": sample.number, f"sample{sample.pk}-quantity": "1"}


def _photo(world: World) -> dict[str, Any]:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from tests.papers.test_attach import picture

    return {"photo": SimpleUploadedFile("样品.png", picture("PNG"))}


def _always(**body: Any) -> Any:
    return lambda world: dict(body)


S, L, D = "samples/<{}:number>/", "loans/<{}:number>/", "sample-dispatches/<{}:number>/"
GONE, REASON, LOST = {"quantity": "1", "words": "首批用掉"}, {"reason": "已处理"}, {"reason": "丢了", "payer": "制造部"}
BODIES = {
    ("POST", "samples/new/"): _material,
    ("POST", "api/v1/samples/"): _material,
    ("POST", "samples/<slug:number>/photos/"): _photo,
    ("POST", "api/v1/loans/"): lambda world: {**_loan(world), "sample": world.thing["sample"].number},
    ("POST", "samples/<slug:number>/lend/"): _loan,
    ("GET", "sample-dispatches/new/"): lambda world: {"sample": world.thing["sample"].number},
    ("POST", "sample-dispatches/new/"): _page_parcel,
    ("POST", "api/v1/sample-dispatches/"): lambda world: {
        **_parcel(world), "lines": [{"sample": world.thing["sample"].number, "quantity": "1"}],
    },
    ("POST", "sample-dispatches/<slug:number>/answer/"): _always(words="颜色可以", accepted="yes"),
    ("POST", "api/v1/sample-dispatches/<str:number>/answer-back/"): _always(words="颜色可以", accepted=True),
    **{("*", f"{S.format(kind)}move/"): _always(place="B-2") for kind in ("slug", "str")},
    **{("*", f"{S.format(kind)}keep-longer/"): lambda world: {"until": str(register.day(60)), "reason": "翻单"} for kind in ("slug", "str")},
    **{("*", f"{S.format(kind)}close/"): _always(**REASON) for kind in ("slug", "str")},
    **{("*", f"{S.format(kind)}ask-pass/"): _always(purpose="return", quantity="5", to="瑞禾茶业") for kind in ("slug", "str")},
    **{("*", f"{S.format(kind)}{verb}/"): _always(**GONE) for kind in ("slug", "str") for verb in ("use-up", "return")},
    **{("*", f"{S.format(kind)}lose/"): _always(**GONE, payer="仓库") for kind in ("slug", "str")},
    **{("*", f"{L.format(kind)}use-up/"): _always(**REASON) for kind in ("slug", "str")},
    **{("*", f"{L.format(kind)}lose/"): _always(**LOST) for kind in ("slug", "str")},
    **{("*", f"{D.format(kind)}send/"): _always(courier="顺丰速运") for kind in ("slug", "str")},
    **{("*", f"{D.format(kind)}cancel/"): _always(**REASON) for kind in ("slug", "str")},
    **{("*", f"passes/<{kind}:number>/refuse/"): _always(**REASON) for kind in ("slug", "str")},
}  # fmt: skip
