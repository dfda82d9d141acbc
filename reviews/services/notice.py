"""业务通知单：编制、签发、不签、发放、作废（第六条、第二十条、第二十二条）。"""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from orders import services as order_services
from orders.models import Order, OrderShare
from orders.models import State as OrderState
from orders.rights import works
from papers.canonical import fingerprint
from papers.services import file_paper
from parties.models import User
from parties.reauth import Proof
from parties.roles import Role
from reviews.batch import stands_alone
from reviews.events import NoticeIssued, NoticeSigned
from reviews.models import Notice, NoticeCopy, Round, Signature
from reviews.papers import notice_content, notice_snapshot
from reviews.parts import hand_out_parts
from reviews.review_paper import review_snapshot
from reviews.rights import authorisation_for
from reviews.selectors import copy_departments, effective_round, named_departments
from reviews.services.change_notice import agreed_change, create_change_notice
from reviews.services.succession import bring_into_force, stand_aside, succeed
from reviews.services.voiding import void_notice
from workflow.events import announce
from workflow.guards import Blocked, Refusal, Stale, WrongState
from workflow.machine import begin, begin_all, locked, perform, together


@together
def create_notice(order: Order, *, actor: User) -> Notice:
    """跟单员编制业务通知单：内容取自业务单现在这一版和各部门签下的日期（第六条、第二十条）。"""
    order = locked(order)
    if change := agreed_change(order):
        return create_change_notice(change, actor=actor)
    if not (actor.may("reviews.draft_notice") and works(order, actor)):
        raise PermissionDenied(_("这张单不是您的，不能编制通知单"))
    if order.state != OrderState.AGREED:
        raise WrongState(_("业务单现在是「%(state)s」，待签发时才编制通知单") % {"state": order.get_state_display()})
    review = effective_round(order)
    if review is None:
        raise Blocked([Refusal(_("这张单还没有评审结果"), "第六条", "A6.2")])
    _clear_the_way(order, actor)
    review.order = order
    content = notice_content(order, review, prepared_by=actor, copies=copy_departments(order))
    notice = Notice(
        order=order,
        round=review,
        version=Notice.objects.filter(order=order, formal_number__isnull=False).count() + 1,
        order_version=order.version,
        content=content,
        sha256=fingerprint(content),
        made_by=actor,
    )
    return begin(notice, actor=actor, label=_("编制通知单"), article="第二十条", rule="A20.6")


@together
def sign_notice(notice: Notice, *, actor: User, expected: str = "", proof: Proof | None = None) -> Notice:
    """总经理签发，或被授权人代签：取号、归档附件一与附件二，内容从此不变（第六条、第二十条）。

    `expected` 是签发人看到的内容的指纹，内容已变就不签（I21）。
    """
    notice = locked(notice)
    old = stand_aside(notice, actor=actor)
    notice = perform(notice, "sign", actor=actor)
    if expected and notice.sha256 != expected:
        raise Stale(_("%(order)s 的通知单在您打开以后改过，请看过再签") % {"order": notice.order.number})
    authorisation = None if actor.role == Role.GM else authorisation_for(notice, actor)
    signature = Signature.objects.create(
        notice=notice,
        signer=actor,
        signer_name=str(actor),
        is_proxy=authorisation is not None,
        authorisation=authorisation,
        sha256=notice.sha256,
        order_version=notice.order_version,
        auth_time=proof.at if proof else None,
        auth_means=proof.means if proof else "",
    )
    bring_into_force(notice, actor=actor)
    _file(notice, signature)
    announce(NoticeSigned(notice.pk, notice.order_id, actor))
    return notice if old is None else succeed(notice, old, actor=actor)


@together
def sign_notices(chosen: Iterable[tuple[Notice, str]], *, actor: User, proof: Proof | None = None) -> list[Notice]:
    """批量签发：都签成，或者一份也不签；要单独看的不能混在里面（第二十条、第二十二条）。

    `chosen` names each notice with the fingerprint of what the signer saw.
    """
    signed = []
    for notice, expected in sorted(chosen, key=lambda one: one[0].order_id):
        if objections := list(stands_alone(notice)):
            raise Blocked(objections)
        signed.append(sign_notice(notice, actor=actor, expected=expected, proof=proof))
    return signed


def refuse_notice(notice: Notice, reason: str, *, actor: User) -> Notice:
    """总经理不签，写明理由（第二十条）。"""
    return perform(notice, "refuse", actor=actor, reason=reason, words=reason.strip())


@together
def issue_notice(notice: Notice, *, actor: User) -> Notice:
    """发放：按份发到各部门，各部门看得见这张单，业务单下达（第六条）。"""
    notice = perform(notice, "issue", actor=actor)
    order = notice.order
    departments = {each.code: each for each in named_departments(row["code"] for row in notice.content["copies"])}
    copies = [
        NoticeCopy(notice=notice, number=row["no"], department=departments[row["code"]])
        for row in notice.content["copies"]
    ]
    notice.copies_now = begin_all(copies, actor=actor, label=_("发出"), article="第六条", rule="A6.3b")
    order_services.share_order(order, [each.department_id for each in copies], OrderShare.Reason.COPY)
    if notice.change_of_id is None:
        notice.order = order_services.issue_order(order, actor=actor)
    hand_out_parts(notice.about, notice.copies_now, actor=actor)
    announce(NoticeIssued(notice.pk, notice.order_id, notice.number, actor))
    return notice


def _clear_the_way(order: Order, actor: User) -> None:
    """One notice per order: what is of today stands in the way, what is outdated and not issued goes (A20.6)."""
    states = (Notice.State.DRAFT, Notice.State.SIGNED, Notice.State.ISSUED)
    for notice in Notice.objects.filter(order=order, state__in=states):
        notice.order = order
        if notice.state == Notice.State.ISSUED or notice.is_current:
            raise WrongState(
                _("这张单已有通知单 %(number)s，现在是「%(state)s」")
                % {"number": notice.number, "state": notice.get_state_display()}
            )
        void_notice(notice, _("业务单改过，重新编制"), actor=actor)


def _file(notice: Notice, signature: Signature) -> None:
    """附件一与附件二各归一份，PDF 随后印成（第六条）。"""
    notice.paper_now = file_paper(
        kind="notice",
        about=notice,
        number=notice.number,
        version=notice.version,
        snapshot=notice_snapshot(notice, signature),
        actor=signature.signer,
    )
    review: Round = notice.round
    file_paper(
        kind="review",
        about=notice,
        number=review.form_number,
        version=notice.version,
        snapshot=review_snapshot(notice, signature),
        actor=signature.signer,
    )
