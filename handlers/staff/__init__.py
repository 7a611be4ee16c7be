"""What employees do in the chat: joining, entering, finding members, tickets, changes."""
