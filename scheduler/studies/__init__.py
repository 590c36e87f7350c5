"""Many rounds under many policies: tasks that other processes and machines can do."""
