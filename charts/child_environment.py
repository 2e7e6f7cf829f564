"""What a child process is given of the environment: what it needs to run, and no secret.

The bot's environment may hold secrets, its own token first and whatever else the machine's owner keeps there.
"""

import os
from collections.abc import Collection, Mapping

# Finding Python, its libraries and the people's language and time.
_ALWAYS = frozenset(
    {
        *("PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "TEMP", "TMP", "TZ", "LANG", "LANGUAGE"),
        *("LD_LIBRARY_PATH", "VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME", "PYTHONPYCACHEPREFIX"),
        *("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "PYTHONHASHSEED", "PYTHONUTF8", "PYTHONIOENCODING"),
        *("PYTHONNOUSERSITE", "PYTHONSAFEPATH", "PYTHONWARNINGS", "PYTHONFAULTHANDLER", "PYTHONTZPATH"),
        # Windows starts no program without the first two.
        *("SYSTEMROOT", "COMSPEC", "PATHEXT", "USERPROFILE", "APPDATA", "LOCALAPPDATA"),
    }
)
_LOCALE = "LC_"

# Where Matplotlib and the fonts keep their settings and caches.
DRAWING = frozenset(
    {
        "MPLCONFIGDIR",
        "XDG_CACHE_HOME",
        "XDG_CONFIG_HOME",
        "FONTCONFIG_FILE",
        "FONTCONFIG_PATH",
        "FONTCONFIG_SYSROOT",
    }
)


def child_environment(
    wanted: Collection[str], environment: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return what of `environment` (the process's own if None) a child is given.

    Args:
        wanted: What this kind of child needs beside what every program does.
        environment: Names and values.
    """
    given = os.environ if environment is None else environment
    return {
        name: value
        for name, value in given.items()
        if name.upper() in _ALWAYS or name in wanted or name.startswith(_LOCALE)
    }
