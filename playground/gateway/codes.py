"""The numbers of the gateway: opcodes, and the codes that a connection is closed with."""

import enum


class Op(enum.IntEnum):
    """What a payload is, as its `op` says."""

    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    PRESENCE = 3
    VOICE = 4
    RESUME = 6
    RECONNECT = 7
    MEMBERS = 8
    INVALID = 9
    HELLO = 10
    ACK = 11
    SOUNDBOARD = 31
    CHANNEL_INFO = 43


class CloseCode(enum.IntEnum):
    """Why a connection is closed. `UNKNOWN_OPCODE` is also for a payload that does not fit its opcode."""

    UNKNOWN_OPCODE = 4001
    DECODE_ERROR = 4002
    NOT_AUTHENTICATED = 4003
    AUTHENTICATION_FAILED = 4004
    ALREADY_AUTHENTICATED = 4005
    INVALID_SEQUENCE = 4007
    RATE_LIMITED = 4008
    TIMED_OUT = 4009
    INVALID_SHARD = 4010
    SHARDING_REQUIRED = 4011
    INVALID_VERSION = 4012
    INVALID_INTENTS = 4013
    DISALLOWED_INTENTS = 4014


# What is documented, and not served here; a bot that waits for it finds a line in the transcript.
NOT_SERVED = {
    Op.VOICE: "voice (opcode 4)",
    Op.SOUNDBOARD: "soundboard sounds (opcode 31)",
    Op.CHANNEL_INFO: "channel info (opcode 43)",
}
