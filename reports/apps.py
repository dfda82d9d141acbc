from workflow.chapters import ChapterConfig


class ReportsConfig(ChapterConfig):
    """我的一天、看板、统计、制度页与全局搜索。"""

    name = "reports"
    verbose_name = "报表"
