"""Pages of shipping (第五章): the list, new deliveries, one delivery and its acts, returns."""
