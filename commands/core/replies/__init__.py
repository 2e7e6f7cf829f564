"""How a reply is sent: in time, as embeds within Discord's limits, with where the data end."""
