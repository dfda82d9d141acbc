from workflow.chapters import ChapterConfig


class ShippingConfig(ChapterConfig):
    """第五章 成品发运：成品库、到货确认、送货单、回单。"""

    name = "shipping"
    verbose_name = "成品发运"
