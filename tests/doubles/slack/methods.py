"""The methods that the double knows: their scopes and arguments, from docs.slack.dev/reference/methods."""

from types import MappingProxyType

_HISTORY = ("channels:history", "groups:history", "im:history")

SCOPES = MappingProxyType(
    {
        "auth.test": (),
        "chat.postMessage": ("chat:write",),
        "chat.postEphemeral": ("chat:write",),
        "chat.update": ("chat:write",),
        "chat.delete": ("chat:write",),
        "conversations.history": _HISTORY,
        "conversations.replies": _HISTORY,
        "conversations.info": ("channels:read", "groups:read"),
        "conversations.open": ("im:write",),
        "users.info": ("users:read",),
        "views.open": (),
        "views.update": (),
        "views.publish": (),
        "assistant.threads.setSuggestedPrompts": ("assistant:write",),
        "files.getUploadURLExternal": ("files:write",),
        "files.completeUploadExternal": ("files:write",),
        "apps.connections.open": (),
    }
)
"""Where several are named, the one for the kind of channel is needed."""

ARGUMENTS = MappingProxyType(
    {
        "auth.test": set(),
        "chat.postMessage": {
            "channel",
            "text",
            "blocks",
            "thread_ts",
            "metadata",
            "mrkdwn",
            "unfurl_links",
            "unfurl_media",
            "reply_broadcast",
        },
        "chat.postEphemeral": {"channel", "user", "text", "blocks", "thread_ts"},
        "chat.update": {"channel", "ts", "text", "blocks", "metadata"},
        "chat.delete": {"channel", "ts"},
        "conversations.history": {"channel", "limit", "oldest", "latest", "cursor", "include_all_metadata"},
        "conversations.replies": {"channel", "ts", "limit", "oldest", "cursor", "include_all_metadata"},
        "conversations.info": {"channel"},
        "conversations.open": {"users"},
        "users.info": {"user"},
        "views.open": {"trigger_id", "view"},
        "views.update": {"view_id", "view", "hash"},
        "views.publish": {"user_id", "view", "hash"},
        "assistant.threads.setSuggestedPrompts": {"channel_id", "thread_ts", "prompts", "title"},
        "files.getUploadURLExternal": {"filename", "length", "alt_txt"},
        "files.completeUploadExternal": {"files", "channel_id", "thread_ts", "initial_comment"},
        "apps.connections.open": set(),
    }
)
