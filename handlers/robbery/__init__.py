""" "I was robbed": one tap in the member's own chat, document and birth date from anywhere."""
