"""What can be done with files and papers: attach, file, void, print."""

from papers.services.filing import Filed, company_block, file_paper, file_papers, frame, void_paper
from papers.services.keeping import attach, attachments_of, papers_of
from papers.services.printing import print_paper, render_paper, render_print
from papers.services.waiting import clear_waiting, cleared_of, file_waiting, receive, waiting_on

__all__ = [
    "Filed",
    "attach",
    "attachments_of",
    "clear_waiting",
    "cleared_of",
    "company_block",
    "file_paper",
    "file_papers",
    "file_waiting",
    "frame",
    "papers_of",
    "print_paper",
    "receive",
    "render_paper",
    "render_print",
    "void_paper",
    "waiting_on",
]
