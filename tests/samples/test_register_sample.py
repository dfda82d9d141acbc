"""登记样品（第十条、C7）：是什么、谁的、放在哪里；客供料、留样各有规矩。"""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from papers.models import Attachment
from parties.models import Customer
from samples import services
from samples.models import Sample
from tests.cast import Cast
from tests.cast_reviews import issued
from tests.cast_samples import day, loose, material, sample_input, standard
from tests.papers.test_attach import picture
from workflow.models import TransitionLog


@pytest.mark.rule("A10")
def test_a_thing_is_registered_with_place_holder_order_and_number(cast: Cast) -> None:
    order = issued(cast)
    sample = standard(cast, order, retention_until=day(90))

    assert sample.number.startswith("YP26-")
    assert (sample.order, sample.customer, sample.holder) == (order, order.customer, cast.xiaoli)
    assert (sample.state, sample.place, sample.retention_until) == ("kept", "样品柜 A-3", day(90))
    log = TransitionLog.objects.get(subject_type="samples_sample", subject_id=sample.pk)
    assert (log.label, log.chain) == ("登记标样", f"orders_order:{order.pk}")


@pytest.mark.rule("A10")
def test_one_without_an_order_stands_in_its_own_chain(cast: Cast) -> None:
    sample = loose(cast)
    log = TransitionLog.objects.get(subject_type="samples_sample", subject_id=sample.pk)
    assert (sample.order, log.chain) == (None, f"samples_sample:{sample.pk}")


@pytest.mark.rule("A10")
def test_a_photo_from_the_phone_is_filed_on_it(cast: Cast, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    photo = SimpleUploadedFile("样品.png", picture("PNG"))
    sample = standard(cast, photos=[photo])
    assert Attachment.objects.get(about=sample.about).kind == "sample_photo"


@pytest.mark.rule("A10")
def test_a_form_sent_twice_registers_once(cast: Cast) -> None:
    order, mark = issued(cast), uuid.uuid4()
    first, second = (standard(cast, order, mark=mark) for _twice in range(2))
    assert first == second
    assert Sample.objects.count() == 1


@pytest.mark.rule("C7")
def test_material_of_the_customer_is_received_by_the_store(cast: Cast) -> None:
    sample = material(cast)
    assert (sample.owner, sample.holder, sample.balance.left) == ("customer", cast.warehouse, Decimal(100))
    assert services.register_sample(
        sample_input(kind="material", owner="customer", order=sample.order), actor=cast.material
    ).is_material


@pytest.mark.rule("A3")
@pytest.mark.parametrize("who", ["xiaochen", "warehouse", "engineering", "gm", "sales"])
def test_who_may_not_register_leaves_no_trace(cast: Cast, who: str) -> None:
    order = issued(cast)
    with pytest.raises(PermissionDenied):
        services.register_sample(sample_input(order=order), actor=getattr(cast, who))
    assert not Sample.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "　"}, "name"), ({"place": ""}, "place"), ({"kind": "gold"}, "kind"), ({"owner": "god"}, "owner"),
        ({"quantity": Decimal(0)}, "quantity"), ({"kind": "retained"}, "line"), ({"kind": "material"}, "owner"),
        ({"received_on": day(1)}, "received_on"), ({"retention_until": day(-1)}, "retention_until"),
        ({"retention_until": day(9999)}, "retention_until"),
    ],
)  # fmt: skip
@pytest.mark.rule("A10")
def test_what_is_missing_is_named(cast: Cast, changes: dict[str, Any], field: str) -> None:
    order = issued(cast)
    with pytest.raises(ValidationError) as refused:
        standard(cast, order, **changes)
    assert field in refused.value.message_dict
    assert not Sample.objects.exists()


@pytest.mark.rule("C7")
def test_what_is_theirs_names_its_customer(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="哪家客户"):
        loose(cast, owner="customer", customer=None)
    with pytest.raises(ValidationError, match="与业务单上的不同"):
        standard(cast, customer=Customer.objects.get(code="C002"))


@pytest.mark.rule("A10")
def test_a_line_belongs_to_its_order(cast: Cast) -> None:
    other = issued(cast, customer_po="X2")
    with pytest.raises(ValidationError, match="不是这张业务单的"):
        standard(cast, line=other.lines_now[0])


@pytest.mark.rule("C7")
def test_the_table_itself_keeps_whose_it_is(cast: Cast) -> None:
    sample = material(cast)
    with pytest.raises(IntegrityError, match="material_is_the_customers"), transaction.atomic():
        Sample.objects.filter(pk=sample.pk).update(owner="ours")
