"""Pages of the register: list, new, one thing, its loans, what is sent, passes."""
