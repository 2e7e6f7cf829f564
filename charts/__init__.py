"""Pictures of answers. A builder words an answer as a spec; a worker process draws the spec as a PNG.

`developers`, `genres`, `reviews` and `libraries` build specs, in a person's language; `rendering` has them
drawn. Nothing here but `drawing` knows Matplotlib, and only the worker imports that, so that the bot's own
process stays small.
"""
