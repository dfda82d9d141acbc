"""第十条、寄样与客供料的动作：一个动词一个函数。"""

from samples.services.gate import (
    approve_pass,
    ask_dispatch_pass,
    ask_goods_pass,
    ask_pass,
    goods_passes,
    let_goods_out,
    refuse_pass,
    withdraw_goods_pass,
)
from samples.services.lending import (
    LoanInput,
    acknowledge_loan,
    bring_back,
    lend_sample,
    lose_loan,
    take_back,
    use_up_loan,
)
from samples.services.registering import (
    SampleInput,
    close_sample,
    correct_sample,
    keep_longer,
    move_sample,
    photograph_sample,
    register_sample,
)
from samples.services.sending import (
    DispatchInput,
    answer_dispatch,
    arrive_dispatch,
    cancel_dispatch,
    prepare_dispatch,
    send_dispatch,
)
from samples.services.spending import lose_sample, return_sample, use_up_sample

__all__ = [
    "DispatchInput",
    "LoanInput",
    "SampleInput",
    "acknowledge_loan",
    "answer_dispatch",
    "approve_pass",
    "arrive_dispatch",
    "ask_dispatch_pass",
    "ask_goods_pass",
    "ask_pass",
    "bring_back",
    "cancel_dispatch",
    "close_sample",
    "correct_sample",
    "goods_passes",
    "keep_longer",
    "lend_sample",
    "let_goods_out",
    "lose_loan",
    "lose_sample",
    "move_sample",
    "photograph_sample",
    "prepare_dispatch",
    "refuse_pass",
    "register_sample",
    "return_sample",
    "send_dispatch",
    "take_back",
    "use_up_loan",
    "use_up_sample",
    "withdraw_goods_pass",
]
