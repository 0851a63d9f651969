"""The methods for receiving updates: polling and the webhook."""

from bot.sandbox.errors import Json, bad_request
from bot.sandbox.parameters import Given
from bot.sandbox.state import State

_REMEMBERED = ("url", "secret_token", "max_connections", "ip_address")


async def get_updates(world: State, given: Given) -> list[bytes]:
    """GetUpdates: ready-made JSON objects."""
    world.updates.allow(given.nested("allowed_updates"))
    limit = given.number("limit")
    return await world.updates.take(
        given.number("offset") or 0,
        100 if limit is None else limit,
        given.real("timeout"),
    )


def set_webhook(world: State, given: Given) -> bool:
    """SetWebhook; plain http is taken too, because it is a local server."""
    url = given.words("url") or ""
    if not url:
        return delete_webhook(world, given)
    if not url.startswith(("http://", "https://")):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if given.flag("drop_pending_updates"):
        world.updates.clear()
    world.updates.allow(given.nested("allowed_updates"))
    world.webhook = {name: given.values[name] for name in _REMEMBERED if given.values.get(name)}
    world.updates.webhook_active = True
    world.updates.interrupt(mine=False)
    world.updates.ring()
    return True


def delete_webhook(world: State, given: Given) -> bool:
    """DeleteWebhook."""
    if given.flag("drop_pending_updates"):
        world.updates.clear()
    world.webhook = {}
    world.updates.webhook_active = False
    return True


def get_webhook_info(world: State, _: Given) -> Json:
    """GetWebhookInfo."""
    info: Json = {
        "url": world.webhook.get("url", ""),
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.waiting),
    }
    info |= {
        name: world.webhook[name]
        for name in ("max_connections", "last_error_date", "last_error_message")
        if name in world.webhook
    }
    if world.updates.allowed is not None:
        info["allowed_updates"] = sorted(world.updates.allowed)
    return info
