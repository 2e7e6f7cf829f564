"""Errors as Discord's HTTP API reports them: a status, a numeric code and a message."""

from typing import Any, Literal

RateLimitScope = Literal["user", "global", "shared"]


class ApiError(Exception):
    """A request that Discord refuses.

    `errors` is the nested tree of field errors that comes with code 50035; `headers` go into the reply.
    """

    def __init__(
        self,
        status: int,
        code: int,
        message: str,
        *,
        errors: dict[str, Any] | None = None,
        extra: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        fields = "".join(f"; {path or 'body'}: {text}" for path, text in flat(errors or {}))
        super().__init__(f"{status} (code {code}): {message}{fields}")
        self.status = status
        self.code = code
        self.message = message
        self.errors = errors
        self.extra = extra or {}
        self.headers = headers or {}

    def body(self) -> dict[str, Any]:
        """The JSON body of the reply."""
        body: dict[str, Any] = {"message": self.message, "code": self.code, **self.extra}
        if self.errors is not None:
            body["errors"] = self.errors
        return body


def flat(errors: dict[str, Any], path: str = "") -> list[tuple[str, str]]:
    """Nested field errors as (dotted path, message) pairs."""
    found = [(path, error["message"]) for error in errors.get("_errors", [])]
    for key, below in errors.items():
        if key != "_errors":
            found += flat(below, f"{path}.{key}" if path else key)
    return found


def unauthorized() -> ApiError:
    """No token, or one that belongs to no application."""
    return ApiError(401, 0, "401: Unauthorized")


def not_found() -> ApiError:
    """No such endpoint."""
    return ApiError(404, 0, "404: Not Found")


def method_not_allowed() -> ApiError:
    """The endpoint exists, but not for this method."""
    return ApiError(405, 0, "405: Method Not Allowed")


def invalid_api_version() -> ApiError:
    """Any version but 10."""
    return ApiError(400, 50041, "Invalid API version")


def unknown_channel() -> ApiError:
    """No channel with this id, as far as the application can see."""
    return ApiError(404, 10003, "Unknown Channel")


def unknown_guild() -> ApiError:
    """No guild with this id, as far as the application can see."""
    return ApiError(404, 10004, "Unknown Guild")


def unknown_invite() -> ApiError:
    """No invite with this code, or one that has ended."""
    return ApiError(404, 10006, "Unknown Invite")


def unknown_overwrite() -> ApiError:
    """The channel has no overwrite for this role or member."""
    return ApiError(404, 10009, "Unknown permission overwrite")


def unknown_role() -> ApiError:
    """The guild has no role with this id."""
    return ApiError(404, 10011, "Unknown Role")


def unknown_emoji() -> ApiError:
    """A word that is no emoji, or the id of one that is not there."""
    return ApiError(404, 10014, "Unknown Emoji")


def unknown_ban() -> ApiError:
    """This user is not banned from the guild."""
    return ApiError(404, 10026, "Unknown Ban")


def wrong_channel_type() -> ApiError:
    """Something that this type of channel does not have."""
    return ApiError(400, 50024, "Cannot execute action on this channel type")


def command_name_taken() -> ApiError:
    """A command is renamed to what another one of its type is called."""
    return ApiError(400, 40041, "An application command with that name already exists")


def unknown_member() -> ApiError:
    """The guild has no such member."""
    return ApiError(404, 10007, "Unknown Member")


def unknown_message() -> ApiError:
    """No such message in this channel, or of this interaction."""
    return ApiError(404, 10008, "Unknown Message")


def unknown_user() -> ApiError:
    """No user with this id."""
    return ApiError(404, 10013, "Unknown User")


def unknown_webhook() -> ApiError:
    """An interaction token that is unknown, or whose interaction was never acknowledged."""
    return ApiError(404, 10015, "Unknown Webhook")


def expired_token() -> ApiError:
    """An interaction token older than 15 minutes."""
    return ApiError(401, 50027, "Invalid Webhook Token")


def unknown_interaction() -> ApiError:
    """The first answer came after three seconds, or names no interaction."""
    return ApiError(404, 10062, "Unknown interaction")


def unknown_command() -> ApiError:
    """No command with this id in this scope."""
    return ApiError(404, 10063, "Unknown application command")


def already_acknowledged() -> ApiError:
    """A second first answer."""
    return ApiError(400, 40060, "Interaction has already been acknowledged.")


def too_large() -> ApiError:
    """A file, or all files together, over the upload limit."""
    return ApiError(413, 40005, "Request entity too large")


def missing_access() -> ApiError:
    """The application is not in that guild, or cannot see that channel."""
    return ApiError(403, 50001, "Missing Access")


def direct_channel() -> ApiError:
    """Something that only channels of guilds have."""
    return ApiError(400, 50003, "Cannot execute action on a DM channel")


def invalid_role() -> ApiError:
    """A role that nobody is given or loses: that of everybody, or of a bot."""
    return ApiError(400, 50028, "Invalid Role")


def not_in_voice() -> ApiError:
    """Somebody is silenced, deafened or moved who is in no voice channel; nobody ever is here."""
    return ApiError(400, 40032, "Target user is not connected to voice.")


def missing_permissions() -> ApiError:
    """The application lacks a permission in that channel."""
    return ApiError(403, 50013, "Missing Permissions")


def cannot_message_user() -> ApiError:
    """A direct message to somebody who shares no guild with the application, or to a bot."""
    return ApiError(403, 50007, "Cannot send messages to this user")


def invalid_json() -> ApiError:
    """The body is not JSON."""
    return ApiError(400, 50109, "The request body contains invalid JSON.")


def unsupported_content_type() -> ApiError:
    """A body whose Content-Type is none of the three that Discord reads."""
    known = "'application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'"
    return invalid_form("CONTENT_TYPE_INVALID", f'Expected "Content-Type" header to be one of {{{known}}}.')


def broken_form(why: str) -> ApiError:
    """A body that says that it has parts, and cannot be taken apart."""
    return invalid_form("FORM_TYPE_INVALID", f"The form cannot be read: {why}")


def invalid_form(code: str, message: str) -> ApiError:
    """Something is wrong with a body as a whole."""
    return ApiError(400, 50035, "Invalid Form Body", errors={"_errors": [{"code": code, "message": message}]})


def not_served(method: str, path: str, name: str) -> ApiError:
    """What Discord documents and this server does not have. Discord never answers so."""
    return ApiError(501, 0, f"The local Discord does not serve {method} {path} ({name}) yet")


def defect(what: str) -> ApiError:
    """A fault of this server itself; its log has the trace."""
    return ApiError(500, 0, f"500: Internal Server Error ({what} in the local Discord; its log says where)")


def foreign_application() -> ApiError:
    """The path names an application other than the token's."""
    return ApiError(403, 20012, "You are not authorized to perform this action on this application")


def too_many_commands(kind: str, limit: int) -> ApiError:
    """More commands of one kind in a scope than Discord keeps."""
    return ApiError(400, 30032, f"Maximum number of application commands reached ({limit}) for {kind}")


def daily_creations_exceeded(retry_after: float) -> ApiError:
    """More than 200 commands created in a day, in one scope."""
    return ApiError(
        429,
        30034,
        "Max number of daily application command creates has been reached (200)",
        extra={"retry_after": round(retry_after, 3), "global": False},
        headers={
            "Retry-After": str(int(retry_after) + 1),
            "Via": "1.1 loopback",
            "X-RateLimit-Scope": "user",
        },
    )


def rate_limited(retry_after: float, scope: RateLimitScope) -> ApiError:
    """A 429 with the headers that come with it; the Via header tells Discord's from Cloudflare's."""
    headers = {"Via": "1.1 loopback", "Retry-After": str(int(retry_after) + 1), "X-RateLimit-Scope": scope}
    if scope == "global":
        headers["X-RateLimit-Global"] = "true"
    return ApiError(
        429,
        0,
        "The resource is being rate limited." if scope == "shared" else "You are being rate limited.",
        extra={"retry_after": round(retry_after, 3), "global": scope == "global"},
        headers=headers,
    )
