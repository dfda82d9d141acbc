from workflow.chapters import ChapterConfig


class ComplaintsConfig(ChapterConfig):
    """第二章 第八条：顾客投诉。"""

    name = "complaints"
    verbose_name = "投诉与服务"
