"""归档的表：附件、连续编号、单据及其作废、印成、打印。"""

from papers.models.attachment import Attachment, KeptFile, WaitingFile
from papers.models.paper import Paper, PaperVoid
from papers.models.printing import PrintLog, Rendering
from papers.models.series import Series

__all__ = ["Attachment", "KeptFile", "Paper", "PaperVoid", "PrintLog", "Rendering", "Series", "WaitingFile"]
