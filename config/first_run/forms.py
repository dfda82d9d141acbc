"""What the first-run page asks: the code, the company, the administrator, a spreadsheet of people."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.first_run.people import AccountField
from parties.models import User
from workflow.forms import HouseForm, WordsField

LIMIT = 2 * 1024 * 1024
PICTURES = {".png", ".jpg", ".jpeg", ".webp"}
COMPANY = ("name", "english_name", "short_name", "address", "phone")


def secret(label: Any) -> forms.CharField:
    """A password is taken as it was typed."""
    return forms.CharField(
        label=label,
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


def chosen(label: Any, accept: str, help_text: Any) -> forms.FileField:
    widget = forms.FileInput(attrs={"accept": accept})
    return forms.FileField(label=label, required=False, widget=widget, help_text=help_text)


class FirstRunForm(HouseForm):
    """公司、管理员、人员。"""

    code = forms.CharField(
        label=gettext_lazy("一次性代码"),
        max_length=80,
        required=False,  # `code.check` says what is wrong with it
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    name = WordsField(label=gettext_lazy("公司名称"), max_length=80)
    english_name = WordsField(label=gettext_lazy("英文名称"), max_length=120, required=False)
    short_name = WordsField(label=gettext_lazy("简称"), max_length=20, required=False)
    phone = WordsField(label=gettext_lazy("电话"), max_length=40, required=False)
    address = WordsField(label=gettext_lazy("地址"), max_length=200, required=False)
    logo = chosen(
        gettext_lazy("标志"), ".png,.jpg,.jpeg,.webp", gettext_lazy("印在单据抬头；PNG、JPG 或 WebP，2 MB 以内")
    )
    username = AccountField(label=gettext_lazy("用户名"))
    person = WordsField(label=gettext_lazy("姓名"), max_length=40)
    password = secret(gettext_lazy("口令"))
    again = secret(gettext_lazy("再输一次口令"))
    people = chosen(gettext_lazy("人员表"), ".xlsx", gettext_lazy("2 MB、500 人以内；可以不选，以后在管理后台加"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("logo", "people"):
            self.fields[name].error_messages["empty"] = _("文件是空的，请重新选择")

    def clean_logo(self) -> UploadedFile[Any] | None:
        return self._small("logo", PICTURES, _("标志要用 PNG、JPG 或 WebP 图片"))

    def clean_people(self) -> UploadedFile[Any] | None:
        return self._small("people", {".xlsx"}, _("人员表要用 .xlsx 文件，请下载模板填写"))

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        password = data.get("password")
        if password and data.get("again") and password != data["again"]:
            self.add_error("again", _("两次输入的口令不一样"))
        if password:
            try:
                validate_password(password, User(username=data.get("username", ""), name=data.get("person", "")))
            except ValidationError as error:
                self.add_error("password", error)
        return data

    def _small(self, name: str, endings: set[str], words: str) -> UploadedFile[Any] | None:
        file: UploadedFile[Any] | None = self.cleaned_data[name]
        if file is None:
            return None
        if PurePath(file.name or "").suffix.lower() not in endings:
            raise ValidationError(words)
        if (file.size or 0) > LIMIT:
            raise ValidationError(_("文件超过 2 MB"))
        return file

    @property
    def company(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in COMPANY}

    @property
    def administrator(self) -> dict[str, str]:
        data = self.cleaned_data
        return {"username": data["username"], "name": data["person"], "password": data["password"]}
