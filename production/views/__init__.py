"""Pages of the shop: the round, a visit, an inspection."""
