"""Relations between a person and a review, an answer, a notice, a copy (第十六条、第十九条、第二十条)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orders import rights as order_rights
from parties.models import Authorisation, User
from parties.roles import Role
from workflow import clock
from workflow.deputies import either, ids
from workflow.guards import guard

if TYPE_CHECKING:
    from reviews.models import Answer, ChangeRequest, Notice, NoticeCopy


def leads(document: Any, user: User) -> bool:
    """带这张单的主任，或总监、总经理。"""
    return order_rights.leads(document.order, user)


def works(document: Any, user: User) -> bool:
    """办这张单的人：跟单员本人，或带他的主任。"""
    return order_rights.works(document.order, user)


def balances(document: Any, user: User) -> bool:
    """平衡日期的人：分散式是跟单员本人，集中式在会上由组织评审的人定（第二十条）。"""
    review = getattr(document, "round", document)
    return leads(review, user) if review.form == "meeting" else order_rights.owns(review.order, user)


def of_department(part: Answer | NoticeCopy, user: User) -> bool:
    """本部门的人；请假时由代理人（第十七条）。"""
    return either(user, lambda person: person.department_id == part.department_id)


def holds_or_works(copy: NoticeCopy, user: User) -> bool:
    """领有这一份的部门，或办这张单的人。"""
    return of_department(copy, user) or works(copy, user)


def heads(answer: Answer, user: User) -> bool:
    """此时的部门第一负责人；签字不由请假的代理人代（第十九条）。"""
    return answer.department.head_id == user.pk


def writes_answer(answer: Answer, user: User) -> bool:
    """本部门的人和代他们的人都可以起草答复；被授权代签的人也可以（第十七条、第十九条）。"""
    return either(user, answer.is_of) or is_delegate(answer, user)


def is_delegate(answer: Answer, user: User) -> bool:
    """持有效授权书、可代部门签评审的人（第十九条）；负责人自己不用代签。"""
    return not heads(answer, user) and review_authorisation(answer, user) is not None


def signs_notices(notice: Notice, user: User) -> bool:
    """总经理、常务副总经理，或持有效授权书的人（第六条、第二十条）。"""
    return user.role == Role.GM or authorisation_for(notice, user) is not None


def review_authorisation(answer: Answer, user: User) -> Authorisation | None:
    """今天有效的、代这个部门签评审的授权书（第十九条）。"""
    return Authorisation.objects.valid(
        delegate=user,
        scope=Authorisation.Scope.SIGN_REVIEW,
        on=clock.today(),
        department_id=answer.department_id,
    ).first()


def authorisation_for(notice: Notice, user: User) -> Authorisation | None:
    """The delegate's authorisation for this very signature, looked up once per locked notice."""
    known: dict[int, Authorisation | None] = notice.__dict__.setdefault("_authorisations", {})
    if user.pk not in known:
        known[user.pk] = notice_authorisation(user)
    return known[user.pk]


def notice_authorisation(user: User) -> Authorisation | None:
    """今天有效的、签发业务通知单的授权书（第二十条）。"""
    return (
        Authorisation.objects.valid(delegate=user, scope=Authorisation.Scope.SIGN_NOTICE, on=clock.today())
        .select_related("grantor")
        .first()
    )


@guard("自己申请的更改，自己不能不经评审就同意", article="第二十二条", rule="A22")
def asked_for_it(pair: tuple[ChangeRequest, User]) -> bool:
    """True when nothing stands against it: somebody else asked for the change, not the absent one either."""
    change, user = pair
    return not {change.created_by_id, change.order.coordinator_id} & set(ids(user))


@guard("自己编制的通知单，自己不能签发", article="第二十条", rule="A6.3a")
def made_it(pair: tuple[Notice, User]) -> bool:
    """True when nothing stands against it: somebody else made the notice (I22)."""
    notice, user = pair
    return notice.made_by_id not in ids(user)
