"""What the API of reviews answers, for the schema: the same keys that reviews.shapes writes."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import inline_serializer
from rest_framework import serializers

from reviews import points
from reviews.models import Answer, Notice, NoticeCopy, Round, Verdict

COPY_STATES = [("planned", "待发放"), *NoticeCopy.State.choices]


class MoveOut(serializers.Serializer[Any]):
    """一个动作，和它还等着什么；只在 GET 里。"""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    refusals = serializers.ListField(child=serializers.DictField())


class ReviewAnswerOut(serializers.Serializer[Any]):
    """一个部门的答复。"""

    review = serializers.IntegerField()
    department = serializers.CharField(help_text="部门代码")
    department_name = serializers.CharField()
    state = serializers.ChoiceField(choices=Answer.State.choices)
    state_display = serializers.CharField()
    version = serializers.IntegerField(help_text="修订号，ETag 同")
    verdict = serializers.ChoiceField(choices=Verdict.choices, allow_blank=True)
    planned_date = serializers.DateField(allow_null=True)
    comment = serializers.CharField(allow_blank=True)
    content_sha256 = serializers.CharField(help_text="现在内容的指纹，签字绑定于它")
    signed = serializers.BooleanField(help_text="签字有效：签的就是现在的内容")
    signature_broken = serializers.CharField(allow_blank=True, help_text="签字失效的原因：签完以后内容被绕过流程改过")
    signed_by = serializers.CharField(allow_null=True)
    signed_at = serializers.DateTimeField(allow_null=True)
    is_proxy = serializers.BooleanField(help_text="代签")
    countersigned_by = serializers.CharField(allow_null=True)
    countersigned_at = serializers.DateTimeField(allow_null=True)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        said: dict[str, Any] = {}
        for code in points.EVERY_CODE:
            said[code] = serializers.BooleanField(allow_null=True, required=code in points.CODES)
            said[f"{code}_remark"] = serializers.CharField(required=False)
        return {**super().get_fields(), "points": inline_serializer("ReviewPointsOut", said)}


class ReviewRoundOut(serializers.Serializer[Any]):
    """一轮评审。"""

    id = serializers.IntegerField()
    order = serializers.CharField(help_text="业务单号")
    round = serializers.IntegerField(help_text="第几轮")
    state = serializers.ChoiceField(choices=Round.State.choices)
    state_display = serializers.CharField()
    version = serializers.IntegerField(help_text="修订号，ETag 同")
    order_version = serializers.IntegerField()
    change = serializers.IntegerField(allow_null=True, help_text="评审的是哪一份更改申请")
    form = serializers.ChoiceField(choices=Round.Form.choices)
    reason = serializers.CharField(allow_blank=True)
    short = serializers.BooleanField(help_text="翻单的短评审")
    time = serializers.DateTimeField(allow_null=True, help_text="会议时间")
    place = serializers.CharField(allow_blank=True)
    answer_due = serializers.DateTimeField()
    opened_by = serializers.CharField()
    opened_at = serializers.DateTimeField()
    meeting_requested = serializers.CharField(allow_blank=True, help_text="申请集中评审的理由")
    balancing = serializers.BooleanField(help_text="都答了，还没有都签在现在的内容上")
    delivery_date = serializers.DateField(allow_null=True)
    note = serializers.CharField(allow_blank=True)
    told_at = serializers.DateTimeField(allow_null=True, help_text="结果告知业务员或客户的时间")
    concluded_at = serializers.DateTimeField(allow_null=True)
    answers = ReviewAnswerOut(many=True)
    moves = MoveOut(many=True, required=False)


class CopyOut(serializers.Serializer[Any]):
    """一份通知单的去向；还没发放的 state 是 planned。"""

    notice = serializers.CharField(required=False)
    number = serializers.IntegerField(help_text="份号")
    department = serializers.CharField()
    department_name = serializers.CharField()
    state = serializers.ChoiceField(choices=COPY_STATES)
    state_display = serializers.CharField()
    handed_at = serializers.DateTimeField(allow_null=True)
    acknowledged_by = serializers.CharField(allow_null=True)
    acknowledged_at = serializers.DateTimeField(allow_null=True)
    returned_at = serializers.DateTimeField(allow_null=True)
    lost_reason = serializers.CharField(allow_blank=True)
    lost_at = serializers.DateTimeField(allow_null=True)


class NoticeLineOut(serializers.Serializer[Any]):
    """通知单的一行，不列价格。"""

    no = serializers.IntegerField()
    product_code = serializers.CharField(allow_blank=True)
    name = serializers.CharField()
    unit = serializers.CharField()
    ordered = serializers.CharField()
    spare = serializers.CharField()
    production = serializers.CharField()


class NoticeOut(serializers.Serializer[Any]):
    """一张业务通知单；签发以后就完整。"""

    id = serializers.IntegerField()
    number = serializers.CharField(help_text="正式单号，草稿时是暂用号")
    order = serializers.CharField()
    state = serializers.ChoiceField(choices=Notice.State.choices)
    state_display = serializers.CharField()
    version = serializers.IntegerField(help_text="第几版")
    revision = serializers.IntegerField(help_text="修订号，ETag 同")
    order_version = serializers.IntegerField()
    review = serializers.IntegerField()
    change_of = serializers.CharField(allow_null=True)
    change = serializers.IntegerField(allow_null=True, help_text="更改申请")
    delivery_date = serializers.DateField()
    content_sha256 = serializers.CharField()
    made_by = serializers.CharField()
    made_at = serializers.DateTimeField()
    signed_by = serializers.CharField(allow_null=True)
    signature_broken = serializers.CharField(allow_blank=True, help_text="签发的签字失效的原因")
    signed_at = serializers.DateTimeField(allow_null=True)
    issued_at = serializers.DateTimeField(allow_null=True)
    voided_at = serializers.DateTimeField(allow_null=True)
    refused_reason = serializers.CharField(allow_blank=True)
    void_reason = serializers.CharField(allow_blank=True)
    verify_url = serializers.URLField(allow_null=True, help_text="公开核验地址，签发以后才有")
    copies = CopyOut(many=True)
    lines = NoticeLineOut(many=True)
    moves = MoveOut(many=True, required=False)
