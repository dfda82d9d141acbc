"""One document of chapter three in each of its states, walked there by the services."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from orders import services as orders
from reviews import services
from reviews.models import Notice, NoticeCopy
from tests.cast import Cast, draft
from tests.cast_reviews import (
    answer_input,
    answer_of,
    copy_of,
    day,
    drafted,
    issued_notice,
    reviewing,
    signed,
    signed_notice,
)


def answered(cast: Cast) -> Any:
    return services.save_answer(answer_of(reviewing(cast), "engineering"), answer_input(), actor=cast.engineering)


def proxied(cast: Cast) -> Any:
    return services.sign_answer(answer_of(reviewing(cast), "engineering"), answer_input(), actor=cast.engineering2)


def countersigned(cast: Cast) -> Any:
    return services.countersign(proxied(cast), actor=cast.engineering)


def concluded(outcome: str) -> Callable[[Cast], Any]:
    more = {} if outcome == "reject" else {"delivery_date": day(18)}
    return lambda cast: services.conclude(signed(cast), outcome, actor=cast.laowang, note="理由", **more)


def closed(cast: Cast) -> Any:
    review = reviewing(cast)
    orders.reject_order(review.order, "客户资料不实", actor=cast.laowang)
    return type(review).objects.get(pk=review.pk)


def void(cast: Cast) -> Notice:
    return services.void_notice(issued_notice(cast), "客户取消", actor=cast.laowang)


def acknowledged(cast: Cast) -> NoticeCopy:
    return services.acknowledge_copy(copy_of(issued_notice(cast), "engineering"), actor=cast.engineering)


def reported(cast: Cast) -> NoticeCopy:
    return services.report_lost(copy_of(issued_notice(cast), "engineering"), "丢了", actor=cast.engineering)


def asked(cast: Cast) -> Any:
    return orders.ask_instruction(draft(cast, basis="phone"), "客户来电", actor=cast.xiaoli)


STATES: dict[str, dict[str, Callable[[Cast], Any]]] = {
    "Answer": {
        "blank": lambda cast: answer_of(reviewing(cast), "engineering"),
        "answered": answered,
        "signed": lambda cast: services.sign_answer(answered(cast), actor=cast.engineering),
        "proxy_signed": proxied,
        "countersigned": countersigned,
    },
    "Round": {
        "open": lambda cast: signed(cast),
        "passed": concluded("pass"),
        "unmet": concluded("negotiate"),
        "rejected": concluded("reject"),
        "closed": closed,
    },
    "Notice": {
        "draft": lambda cast: drafted(cast),
        "signed": lambda cast: signed_notice(cast),
        "issued": lambda cast: issued_notice(cast),
        "refused": lambda cast: services.refuse_notice(drafted(cast), "交期不行", actor=cast.gm),
        "void": void,
    },
    "NoticeCopy": {
        "handed": lambda cast: copy_of(issued_notice(cast), "engineering"),
        "acknowledged": acknowledged,
        "returned": lambda cast: services.return_copy(copy_of(void(cast), "engineering"), actor=cast.engineering),
        "lost": lambda cast: services.approve_lost(reported(cast), actor=cast.laowang),
    },
    "Instruction": {
        "asked": asked,
        "granted": lambda cast: orders.grant_instruction(asked(cast), "可以", actor=cast.laowang),
        "refused": lambda cast: orders.refuse_instruction(asked(cast), "不行", actor=cast.laowang),
    },
}
