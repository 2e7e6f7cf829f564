"""The shapes of Steam's answers, as far as anything is made of them.

Every field has a default, since Steam leaves out what is false, 0 or empty. Fields of type `Any` are known
and not used: naming them keeps them from being reported as new.
"""
