"""Who may do what, whose data are shown to whom, and what admins did."""
