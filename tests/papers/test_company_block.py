"""抬头：公司名称与标志，标志可换。"""

from django.core.files.uploadedfile import SimpleUploadedFile

from papers.services import attach, company_block
from parties.models import Company
from tests.cast import Cast
from tests.papers.conftest import printed
from tests.papers.samples import notice
from tests.papers.test_attach import picture


def test_the_head_names_the_company(cast: Cast) -> None:
    company = Company.objects.get()
    assert company_block()["name"] == company.name
    assert "logo" not in company_block()


def test_a_company_yet_without_record_has_a_blank_head(db: None) -> None:
    Company.objects.all().delete()
    assert company_block() == {"name": "", "english_name": ""}


def test_the_newest_logo_stands_in_the_head(cast: Cast) -> None:
    about = f"parties_company:{Company.objects.get().pk}"
    for size in ((10, 10), (20, 20)):
        logo = SimpleUploadedFile("logo.png", picture("PNG", size))
        attach(logo, about=about, actor=cast.admin, kind="logo")
    content = notice()
    content["company"] = company_block()
    assert content["company"]["logo"].startswith("data:image/png;base64,")
    pdf = printed("notice", content)
    assert b"/Width 20" in pdf
    assert b"/Width 10\n" not in pdf
