"""`python -m bot.telemetry.healthcheck`: exit code 0 if this machine's bot hears Discord, else 1 and why.

For a container's health check, every minute or so; it loads next to nothing, and asks the metrics that the
bot serves at `NEXTPLAY_METRICS_PORT`. `nextplay doctor` looks at the rest.
"""

import http.client
import os
import sys

# As in `bot.telemetry.metrics`, which takes much longer to load.
_CONNECTED = "nextplay_gateway_connected"
_EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104
_SECONDS = 5.0


class Unhealthy(Exception):
    """What is wrong, in a sentence."""


def check(host: str, port: int) -> None:
    """Ask the metrics at `host`:`port` whether their bot hears Discord.

    Raises:
        Unhealthy: It does not, or nobody answers there.
    """
    connection = http.client.HTTPConnection(_EVERY_ADDRESS.get(host, host), port, timeout=_SECONDS)
    try:
        connection.request("GET", f"/metrics?name[]={_CONNECTED}")
        page = connection.getresponse().read().decode()
    except (OSError, OverflowError, ValueError, http.client.HTTPException) as error:
        raise Unhealthy(f"The bot does not answer at {host}, port {port}: {error}") from error
    finally:
        connection.close()
    if f"{_CONNECTED} 1.0" not in page.splitlines():
        raise Unhealthy("The bot does not hear Discord just now.")


def main() -> None:
    """Check as the environment says."""
    port = os.environ.get("NEXTPLAY_METRICS_PORT")
    try:
        if not port:
            raise Unhealthy("NEXTPLAY_METRICS_PORT is not set, so nothing tells how the bot is.")
        if not port.isdecimal():
            raise Unhealthy("NEXTPLAY_METRICS_PORT is no number of a port.")
        check(os.environ.get("NEXTPLAY_METRICS_HOST", "127.0.0.1"), int(port))
    except Unhealthy as reason:
        sys.stderr.write(f"{reason}\n")
        sys.exit(1)


if __name__ == "__main__":
    main()
