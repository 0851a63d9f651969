"""The Bot API methods that the sandbox knows, by their names in lower case."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple, TypeAlias

from bot.sandbox.methods import business, changing, chats, relaying, sending, topics
from bot.sandbox.methods import intake as updates
from bot.sandbox.parameters import Given
from bot.sandbox.state import State

Work: TypeAlias = Callable[[State, Given], Any]


class Method(NamedTuple):
    """What a method does, and whether it counts against the limits of its chat."""

    name: str
    work: Work
    counts: bool = False


def _file_methods() -> dict[str, Work]:
    kinds = ("Photo", "Document", "Voice", "Audio", "Video", "VideoNote", "Animation", "Sticker")
    return {
        f"send{kind}": partial(
            sending.send_file,
            kind="video_note" if kind == "VideoNote" else kind.lower(),
        )
        for kind in kinds
    }


_COUNTED: Mapping[str, Work] = {
    "sendMessage": sending.send_message,
    **_file_methods(),
    "sendMediaGroup": sending.send_media_group,
    "sendLocation": sending.send_location,
    "sendVenue": sending.send_venue,
    "sendContact": sending.send_contact,
    "sendPoll": sending.send_poll,
    "copyMessage": relaying.copy_message,
    "copyMessages": relaying.copy_messages,
    "forwardMessage": relaying.forward_message,
    "editMessageText": changing.edit_message_text,
    "editMessageCaption": changing.edit_message_caption,
    "editMessageReplyMarkup": changing.edit_message_reply_markup,
    "createForumTopic": topics.create_forum_topic,
    "editForumTopic": topics.edit_forum_topic,
    "closeForumTopic": topics.close_forum_topic,
    "reopenForumTopic": topics.reopen_forum_topic,
    "reopenGeneralForumTopic": topics.reopen_general_forum_topic,
    "deleteForumTopic": topics.delete_forum_topic,
    "pinChatMessage": changing.pin_chat_message,
}
_FREE: Mapping[str, Work] = {
    "getMe": chats.get_me,
    "getForumTopicIconStickers": topics.get_forum_topic_icon_stickers,
    "sendChatAction": sending.send_chat_action,
    "deleteMessage": changing.delete_message,
    "deleteMessages": changing.delete_messages,
    "setMessageReaction": changing.set_message_reaction,
    "unpinChatMessage": changing.unpin_chat_message,
    "answerCallbackQuery": chats.answer_callback_query,
    "getBusinessConnection": business.get_business_connection,
    "readBusinessMessage": business.read_business_message,
    "deleteBusinessMessages": business.delete_business_messages,
    "getFile": chats.get_file,
    "getChat": chats.get_chat,
    "getChatMember": chats.get_chat_member,
    "getChatMemberCount": chats.get_chat_member_count,
    "getChatAdministrators": chats.get_chat_administrators,
    "leaveChat": chats.leave_chat,
    "setMyCommands": chats.set_my_commands,
    "getMyCommands": chats.get_my_commands,
    "deleteMyCommands": chats.delete_my_commands,
    "getChatMenuButton": chats.get_chat_menu_button,
    "setMyDescription": partial(chats.set_profile, name="description"),
    "setMyShortDescription": partial(chats.set_profile, name="short_description"),
    "setMyName": partial(chats.set_profile, name="name"),
    "getMyDescription": partial(chats.get_profile, name="description"),
    "getMyShortDescription": partial(chats.get_profile, name="short_description"),
    "getMyName": partial(chats.get_profile, name="name"),
    "setWebhook": updates.set_webhook,
    "deleteWebhook": updates.delete_webhook,
    "getWebhookInfo": updates.get_webhook_info,
    "getUpdates": updates.get_updates,
}
METHODS: Mapping[str, Method] = {
    name.lower(): Method(name, work, counts)
    for table, counts in ((_COUNTED, True), (_FREE, False))
    for name, work in table.items()
}
