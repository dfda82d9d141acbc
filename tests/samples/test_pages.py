"""样品的页面：登记簿、登记、一件样品、寄样；说得清楚，填的不丢，查询不随行数长。"""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from papers.models import Attachment
from samples import services
from samples.models import Loan, Sample, SampleDispatch
from tests.cast import Cast
from tests.cast_reviews import issued
from tests.cast_samples import again, allowed, day, lent, loose, material, pass_of, prepared, sent, standard
from tests.pages import browser, words
from tests.papers.test_attach import picture

FORM = {"kind": "standard", "name": "签样", "owner": "ours", "quantity": "1", "unit": "本", "place": "A-1"}


@pytest.mark.rule("A10")
def test_a_thing_is_registered_with_a_photo_and_its_label_printed(cast: Cast, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    order, client = issued(cast), browser(cast.xiaoli)
    page = client.get("/samples/new/", {"order": order.number, "line": order.lines_now[0].pk, "kind": "retained"})
    assert page.context["form"].initial["name"] == "产品画册"
    form = FORM | {"order": order.number, "kind": "retained", "line": str(order.lines_now[0].pk), "mark": ""}
    photo = SimpleUploadedFile("样品.png", picture("PNG"))
    answer = client.post("/samples/new/", form | {"received_on": str(day(0)), "photos": [photo]})

    sample = Sample.objects.get()
    assert answer["Location"] == f"/samples/{sample.number}/"
    assert Attachment.objects.filter(about=sample.about).count() == 1
    label = client.get(f"/samples/{sample.number}/label/")
    assert sample.number in words(label)
    assert b"<svg" in label.content


@pytest.mark.rule("A10")
def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(cast: Cast) -> None:
    order, client = issued(cast), browser(cast.xiaoli)
    answer = client.post("/samples/new/", FORM | {"order": order.number, "name": "", "quantity": "1e3"})
    page = answer.content.decode()
    assert answer.status_code == 400
    for said in ("请填名称", "请填数字", "请填收到、制成日期", 'value="1e3"', 'value="A-1"'):
        assert said in page, said
    answer = client.post(
        "/samples/new/", FORM | {"order": order.number, "kind": "retained", "received_on": str(day(0))}
    )
    assert (answer.status_code, "留样要写明是业务单的哪一行" in words(answer)) == (400, True)
    assert not Sample.objects.exists()


@pytest.mark.rule("A10")
def test_the_chips_and_the_search_find_things(cast: Cast) -> None:
    loan = lent(cast)
    services.acknowledge_loan(loan, actor=cast.printing_mfg)
    Loan.objects.filter(pk=loan.pk).update(due_back=day(-2))
    paper = material(cast, loan.order)
    client = browser(cast.xiaoli)
    for query, found in (
        ("chip=out", loan.sample),
        ("chip=overdue", loan.sample),
        ("chip=material", paper),
        ("q=烫金", paper),
    ):
        page = client.get(f"/samples/?{query}")
        assert [sample.pk for sample in page.context["page"].rows] == [found.pk], query
    assert client.get("/samples/?chip=closed").context["page"].rows == []
    assert client.get("/samples/?colour=red").status_code == 400


@pytest.mark.rule("A6.3c")
def test_lending_acknowledging_and_taking_back_on_the_page(cast: Cast) -> None:
    sample = standard(cast)
    client, shop = browser(cast.xiaoli), browser(cast.printing_mfg)
    page = f"/samples/{sample.number}/"
    lend = {"department": "printing_manufacturing", "why": "对色", "due_back": str(day(3)), "quantity": "1"}
    refused = client.post(f"{page}lend/", lend | {"why": ""})
    assert (refused.status_code, "请填用途" in words(refused)) == (400, True)
    assert client.post(f"{page}lend/", lend).status_code == 302
    loan = Loan.objects.get()
    assert "签收" in words(shop.get(page))
    assert shop.post(f"/loans/{loan.number}/acknowledge/").status_code == 302
    assert shop.post(f"/loans/{loan.number}/take-back/").status_code == 403
    assert client.get(f"/loans/{loan.number}/")["Location"] == page
    assert client.post(f"/loans/{loan.number}/take-back/").status_code == 302
    assert again(loan).state == "returned"


@pytest.mark.rule("C7")
def test_a_refusal_is_a_sentence_on_the_page(cast: Cast) -> None:
    sample = material(cast)
    client = browser(cast.warehouse)
    answer = client.post(f"/samples/{sample.number}/return/", {"quantity": "5", "words": "余料"})
    assert (answer.status_code, "出厂要先有主任批准的放行条" in words(answer)) == (422, True)
    answer = client.post(f"/samples/{sample.number}/lose/", {"quantity": "5", "words": "受潮"})
    assert (answer.status_code, "要写明谁赔" in words(answer)) == (422, True)


@pytest.mark.rule("A57")
def test_a_dispatch_from_preparing_to_the_answer(cast: Cast) -> None:
    sample = standard(cast)
    client, chief = browser(cast.xiaoli), browser(cast.laowang)
    given = {"sample": sample.number, f"sample{sample.pk}-quantity": "1", "sent_to": "何经理", "address": "杭州",
             "purpose": "确认颜色", "feedback_due": str(day(5)), "courier": "顺丰速运"}  # fmt: skip
    assert client.post("/sample-dispatches/new/", given | {"address": ""}).status_code == 400
    page = client.post("/sample-dispatches/new/", given)["Location"]
    dispatch = SampleDispatch.objects.get()
    assert "放行条，不能出厂" in words(client.get(page))
    assert chief.post(f"/passes/{pass_of(dispatch).number}/approve/").status_code == 302
    sent_page = client.post(f"{page}send/", {"courier": "顺丰速运", "waybill": "SF1", "cost": "23"})["Location"]
    assert sent_page == f"/sample-dispatches/{again(dispatch).number}/"
    assert client.post(f"{sent_page}arrive/", {"on": ""}).status_code == 302
    assert client.post(f"{sent_page}answer/", {"words": ""}).status_code == 400
    assert client.post(f"{sent_page}answer/", {"words": "颜色认可", "accepted": "yes"}).status_code == 302
    assert "颜色认可" in words(client.get(sent_page))


@pytest.mark.rule("A10")
def test_the_order_shows_its_samples_and_what_is_not_retained(cast: Cast) -> None:
    from tests.cast_production import shipping_ready

    order = shipping_ready(cast)
    loan = lent(cast, standard(cast, order))
    page = words(browser(cast.xiaoli).get(f"/orders/{order.number}/?tab=samples"))
    for said in (loan.sample.number, "印刷制造部", "第 1 行产品画册", "还没有留样"):
        assert said in page, said


def test_lists_and_pages_ask_as_much_for_many_as_for_few(cast: Cast) -> None:
    order, client = issued(cast), browser(cast.xiaoli)
    lent(cast, standard(cast, order))
    sent(cast, standard(cast, order))
    counts = []
    for _more in range(2):
        found = {}
        for path in (
            "/samples/",
            "/samples/?chip=overdue",
            "/sample-dispatches/",
            f"/orders/{order.number}/?tab=samples",
        ):
            with CaptureQueriesContext(
                connection,
            ) as asked:
                assert client.get(path).status_code == 200
            found[path] = len(asked)
        counts.append(found)
        for _n in range(3):
            lent(cast, standard(cast, order))
            allowed(cast, standard(cast, order))
            loose(cast)
            prepared(cast, standard(cast, order))
    assert counts[0] == counts[1]
    assert counts[1]["/samples/"] <= 12
    assert counts[1]["/sample-dispatches/"] <= 12
