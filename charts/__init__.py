"""Charts: what they show as plain data, and a process of its own that draws it as a PNG.

A feature words an answer as one of the `specs`, with the help of `labels`, `axes` and `frequent_words`;
`rendering` has it drawn by the process of `worker`. Only `drawing` knows Matplotlib, and of the bot's
processes only the worker imports it, so that the bot's own stays small.
"""
