from workflow.chapters import ChapterConfig


class OutsourcingConfig(ChapterConfig):
    """第四章 外协加工：加工商与外协加工单。"""

    name = "outsourcing"
    verbose_name = "外协加工"
