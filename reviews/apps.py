from workflow.chapters import ChapterConfig


class ReviewsConfig(ChapterConfig):
    """第三章 评审：评审轮次、部门答复与签字、《业务通知单》。"""

    name = "reviews"
    verbose_name = "订单评审"
