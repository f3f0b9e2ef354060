"""Pictures, videos and voice notes of new goods: cleaned, kept with the seller's goods, and put
where they belong.
"""

from __future__ import annotations

from msgspec.structs import replace

from bot.shop.says import Say
from bot.talk.seller.new_product_draft import Draft
from bot.talk.turn import Turn

WAITING = "np-media"
"""Where the session's form keeps a picture that came before anything else: `<kind> <ref>`."""

KINDS = frozenset({"photo", "video", "voice"})


def came(turn: Turn) -> bool:
    """Whether a picture, video or voice note came with this message, or waits from the last."""
    return turn.heard.kind in KINDS or WAITING in turn.session.form


async def taken(turn: Turn, draft: Draft) -> Draft:
    """The draft with what came. Raises the refusals of `bot.shop.media_problems`."""
    kind, ref = heard_media(turn)
    told = await cleaned(turn, kind, ref)
    draft = replace(draft, **told)
    if kind == "voice" and not draft.name:
        return await numbered(turn, draft)
    return draft


def heard_media(turn: Turn) -> tuple[str, str]:
    waiting = turn.session.form.pop(WAITING, "")
    if turn.heard.kind in KINDS:
        return turn.heard.kind, turn.heard.media
    kind, _, ref = waiting.partition(" ")
    return kind, ref


async def cleaned(turn: Turn, kind: str, ref: str) -> dict[str, str]:
    """Where it goes, by the names of the goods' fields; location and everything else a phone
    writes into its files is gone.
    """
    studio, owner = turn.shop.studio, f"seller:{turn.session.seller}"
    if kind == "photo":
        photo = await studio.photo(ref, owner)
        return {"photo": photo.large, "photo_small": photo.small}
    if kind == "voice":
        return {"voice": await studio.voice(ref, owner)}
    video = await studio.video(ref, owner)
    return {"video": video.video, "photo": video.poster, "photo_small": video.poster}


async def numbered(turn: Turn, draft: Draft) -> Draft:
    """Called "new goods 3" until somebody types a name."""
    seller = turn.session.seller
    n = await turn.shop.records.read(lambda b: sum(x.seller == seller for x in b.all_born()))
    name = turn.shop.texts(Say("goods-number-name", {"n": str(n + 1)}), "vi")
    return replace(draft, name=name, unnamed=True)
