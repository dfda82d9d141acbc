"""各份在谁手里（第六条）：批量签收、原件归档、标样随单交出、随单交回。"""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from reviews import services
from reviews.models import ArchivedOriginal, Notice
from samples import services as samples
from samples.models import Loan
from tests.cast import Cast
from tests.cast_reviews import copy_of, drafted, issued_notice
from tests.cast_samples import again, day, loose, material, standard
from workflow.guards import Blocked, WrongState
from workflow.models import TransitionLog


@pytest.mark.rule("A6.3b")
def test_a_department_acknowledges_several_at_once(cast: Cast) -> None:
    copies = [copy_of(issued_notice(cast, customer_po=f"B{n}"), "engineering") for n in range(3)]
    done = services.acknowledge_copies(reversed(copies), actor=cast.engineering)
    assert [copy.state for copy in done] == ["acknowledged"] * 3
    assert [copy.pk for copy in done] == [copy.pk for copy in copies]


@pytest.mark.rule("A6.3b")
def test_all_of_them_or_none(cast: Cast) -> None:
    first, second = (copy_of(issued_notice(cast, customer_po=f"B{n}"), "engineering") for n in range(2))
    services.void_notice(second.notice, "客户取消", actor=cast.laowang)
    with pytest.raises(Blocked, match="已经作废"):
        services.acknowledge_copies([first, second], actor=cast.engineering)
    assert again(first).state == "handed"
    with pytest.raises(ValidationError, match="还没有勾选"):
        services.acknowledge_copies([], actor=cast.engineering)
    with pytest.raises(PermissionDenied):
        services.acknowledge_copies([first], actor=cast.material)


@pytest.mark.rule("A6.3b")
def test_the_signed_original_is_filed_by_who_works_the_order(cast: Cast) -> None:
    notice = issued_notice(cast)
    filed = services.archive_original(notice, "营销中心 2 号柜", actor=cast.xiaoli)
    assert (filed.place, filed.by, filed.notice) == ("营销中心 2 号柜", cast.xiaoli, notice)
    services.archive_original(notice, "档案室", actor=cast.laowang)
    assert list(ArchivedOriginal.objects.order_by("pk").values_list("place", flat=True)) == [
        "营销中心 2 号柜",
        "档案室",
    ]
    assert TransitionLog.objects.filter(move="archive_original", reason="档案室", rule="A6.3b").exists()


@pytest.mark.rule("A6.3b")
def test_what_is_not_signed_or_not_yours_is_not_filed(cast: Cast) -> None:
    notice = drafted(cast)
    with pytest.raises(WrongState, match="签了字才有原件"):
        services.archive_original(notice, "柜子", actor=cast.xiaoli)
    notice = issued_notice(cast, customer_po="X")
    for who in ("xiaochen", "engineering", "gm", "director"):
        with pytest.raises(PermissionDenied):
            services.archive_original(notice, "柜子", actor=getattr(cast, who))
    with pytest.raises(ValidationError, match="归在哪里"):
        services.archive_original(notice, "　", actor=cast.xiaoli)
    assert not ArchivedOriginal.objects.exists()


@pytest.mark.rule("A6.3b")
@pytest.mark.django_db(transaction=True)
def test_where_it_was_filed_stays_written(cast: Cast) -> None:
    services.archive_original(issued_notice(cast), "柜子", actor=cast.xiaoli)
    with pytest.raises(DatabaseError), transaction.atomic():
        ArchivedOriginal.objects.all()._raw_delete("default")


def handed_out(cast: Cast, notice: Notice, department: str = "printing_manufacturing") -> Loan:
    sample = standard(cast, notice.order)
    return services.hand_out_standard(copy_of(notice, department), sample, day(9), actor=cast.xiaoli)


@pytest.mark.rule("A6.3c")
def test_a_standard_goes_out_with_the_copy(cast: Cast) -> None:
    notice = issued_notice(cast)
    loan = handed_out(cast, notice)
    copy = copy_of(notice, "printing_manufacturing")
    assert (loan.basis, loan.department, loan.due_back) == (copy.about, copy.department, day(9))
    assert loan.basis_words == f"{notice.number} 第 {copy.number} 份"


@pytest.mark.rule("A6.3c")
def test_it_comes_back_with_the_copy(cast: Cast) -> None:
    notice = issued_notice(cast)
    ours, other = handed_out(cast, notice), handed_out(cast, notice, "printing_quality")
    services.void_notice(notice, "客户取消", actor=cast.laowang)
    services.return_copy(copy_of(notice, "printing_manufacturing"), actor=cast.printing_mfg)
    assert (again(ours).state, again(ours).ended_by) == ("returned", cast.printing_mfg)
    assert again(other).state == "out"
    samples.take_back(other, actor=cast.xiaoli)


@pytest.mark.rule("A6.3c")
def test_only_a_standard_of_the_order_with_a_current_copy(cast: Cast) -> None:
    notice = issued_notice(cast)
    copy = copy_of(notice, "engineering")
    for sample, words in ((loose(cast), "不是这张业务单的"), (material(cast, notice.order), "标样、样张")):
        with pytest.raises(ValidationError, match=words):
            services.hand_out_standard(copy, sample, day(3), actor=cast.xiaoli)
    sample = standard(cast, notice.order)
    with pytest.raises(PermissionDenied):
        services.hand_out_standard(copy, sample, day(3), actor=cast.engineering)
    services.void_notice(notice, "客户取消", actor=cast.laowang)
    with pytest.raises(Blocked, match="只随现行的通知单"):
        services.hand_out_standard(copy_of(notice, "engineering"), sample, day(3), actor=cast.xiaoli)
    assert not Loan.objects.exists()
