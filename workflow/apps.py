from workflow.chapters import ChapterConfig


class WorkflowConfig(ChapterConfig):
    """事情怎样流转：一个门、留痕、事实与询问、待办、发件箱、工作日历。"""

    name = "workflow"
    verbose_name = "流转"
