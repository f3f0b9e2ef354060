"""The live board for its page: what it shows, worded, and what a helper does on it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from bot.shop.board import Act, Board, BoardAsk, BoardClaim, BoardCode, Done, Pass
from bot.shop.claim import Claim, Comment
from bot.shop.comments import Posted, Taken, platform_of
from bot.shop.people import Person
from bot.shop.problems import NotAllowed, Problem
from bot.shop.product import Product, offer_of
from bot.shop.says import Field, Money, Rate, Say
from bot.talk.comments import CommentDesk
from bot.talk.turn import Shop
from bot.usecases import board, claim_answers, comments, lives
from bot.usecases.board import CodeSight, Sight
from bot.usecases.ports import Books

LANG = "vi"
"""Sellers and helpers read it; the page is Vietnamese."""
WAITS = frozenset({"asked", "held", "offered"})


class BoardDesk:
    """One for the whole shop; keeps nothing."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._comments = CommentDesk(shop)

    async def open(self, token: str) -> Pass | None:
        """What a board's token opens; None if nothing (any more)."""
        hashed, now = self._shop.hashed(token), self._shop.now()
        return await self._shop.records.read(lambda b: board.opened(b, hashed, now))

    async def tick(self, live_id: str) -> tuple[object, ...]:
        """Differs as soon as what the board shows does."""
        live, items = await self._shop.records.read(
            lambda b: (b.live(live_id), b.items_of(live_id))
        )
        shelf = self._shop.shelf
        goods = ((shelf.level(i.product).free, shelf.prices(i.product)) for i in items)
        return (live.tick if live else -1, *goods)

    async def read(self, live_id: str) -> Board:
        """The board now. Raises NoSuchLive."""
        now = self._shop.now()
        seen = await self._shop.records.read(lambda b: board.sight(b, live_id, now))
        return Board(
            live_id,
            seen.live.state,
            seen.live.title,
            seen.total,
            seen.minute,
            sum(c.queue for c in seen.codes),
            seen.asking,
            tuple(self._code(c) for c in seen.codes),
            tuple(self._claim(seen, c) for c in seen.claims),
            tuple(_ask(c) for c in seen.asks),
        )

    def _text(self, say: Say) -> str:
        return self._shop.texts(say, LANG)

    def _code(self, sight: CodeSight) -> BoardCode:
        item, product = sight.item, sight.product
        offer = offer_of(product, item.offer) if item.offer else None
        per = offer.amount if offer else (item.unit or 1)
        vnd = sight.prices.vnd.get(item.offer)
        if not offer and product.loose:
            per = product.loose.per
        price = self._price(Rate(vnd, product.amount(per))) if vnd else ""
        return BoardCode(
            item.code, product.name["vi"], price, sight.left, self._left(product, sight),
            sight.queue, item.off,
        )  # fmt: skip

    def _price(self, rate: Rate) -> str:
        return self._text(Say("board-price", {"rate": rate}))

    def _left(self, product: Product, sight: CodeSight) -> str:
        """The number first: it is what is read from afar."""
        offer = offer_of(product, sight.item.offer) if sight.item.offer else None
        if offer is None:
            return self._text(Say("board-left", {"amount": product.amount(sight.left)}))
        packs: dict[str, Field] = {"n": sight.left // offer.amount, "pack": offer.title}
        return self._text(Say("board-left-packs", packs))

    def _claim(self, seen: Sight, claim: Claim) -> BoardClaim:
        amount = seen.goods[claim.product].amount(claim.amount)
        return BoardClaim(
            claim.id,
            claim.number,
            claim.code,
            self._text(Say("board-left", {"amount": amount})),
            self._text(Say("board-money", {"money": Money(claim.vnd)})),
            claim.name or seen.names.get(claim.person, ""),
            not claim.is_guests,
            claim.state,
            claim.is_guests and claim.state in WAITS,
            claim.at,
            claim.until if claim.holds else 0,
        )

    # what a helper does

    async def post(self, opened: Pass, posted: Sequence[Posted]) -> tuple[Taken, ...]:
        """Comments of a reader outside. Raises as `CommentDesk.take`."""
        by = board.helper(opened, self._shop.now())
        return await self._comments.take(opened.live, posted, by)

    async def do(self, opened: Pass, act: Act) -> Done:
        """Done, or why not, in words. The same key again changes nothing."""
        by = board.helper(opened, self._shop.now())
        try:
            if opened.role != "help":
                raise NotAllowed()
            return Done(await self._doings()[act.do](opened, act, by))
        except Problem as problem:
            return Done(refused=self._text(Say(problem.id, problem.fields)))

    def _doings(self) -> dict[str, Callable[[Pass, Act, Person], Awaitable[tuple[Taken, ...]]]]:
        return {
            "yes": self._yes, "no": self._no, "say": self._say, "instead": self._instead,
            "paste": self._paste, "done": self._done, "code": self._switch,
        }  # fmt: skip

    async def _yes(self, opened: Pass, act: Act, by: Person) -> tuple[Taken, ...]:
        """She wants it; of a part, the part."""
        shop, now = self._shop, self._shop.now()
        lapse = shop.rules.lapse_seconds

        def confirmed(books: Books) -> None:
            board.of_live(books, act.claim, opened.live)
            claim_answers.take_part(books, act.claim, False, by, lapse, now)

        await shop.ledger.put(confirmed)
        return ()

    async def _no(self, opened: Pass, act: Act, by: Person) -> tuple[Taken, ...]:
        now = self._shop.now()

        def cancelled(books: Books) -> None:
            board.of_live(books, act.claim, opened.live)
            claim_answers.cancel(books, act.claim, by, now)

        await self._shop.ledger.put(cancelled)
        return ()

    async def _say(self, opened: Pass, act: Act, by: Person) -> tuple[Taken, ...]:
        platform = await self._platform(opened.live)
        typed = Posted(platform, act.author, act.text, 0, f"typed {act.key}")
        return await self._comments.take(opened.live, (typed,), by)

    async def _instead(self, opened: Pass, act: Act, by: Person) -> tuple[Taken, ...]:
        """What an unclear comment means: the same author, other words. Words that are unclear too
        leave it as it was, and are no second question.
        """
        known = await self._shop.records.read(
            lambda b: comments.open_comment(b, act.comment, opened.live)
        )
        typed = Posted(known.platform, act.author or known.name, act.text, 0, f"typed {act.key}")
        taken = await self._comments.take(opened.live, (typed,), by, sure=True)
        settled = act.comment if taken[0].kind == "claim" else taken[0].comment
        await self._aside(opened, settled)
        return taken

    async def _paste(self, opened: Pass, act: Act, by: Person) -> tuple[Taken, ...]:
        return await self._comments.paste(opened.live, act.text, by)

    async def _done(self, opened: Pass, act: Act, by: Person) -> tuple[Taken, ...]:
        await self._aside(opened, act.comment)
        return ()

    async def _aside(self, opened: Pass, comment: str) -> None:
        now = self._shop.now()
        await self._shop.ledger.put(lambda b: comments.put_aside(b, comment, opened.live, now))

    async def _switch(self, opened: Pass, act: Act, by: Person) -> tuple[Taken, ...]:
        now = self._shop.now()
        await self._shop.ledger.put(
            lambda b: lives.change_item(b, opened.live, act.code, by, now, off=act.off)
        )
        return ()

    async def _platform(self, live_id: str) -> str:
        live = await self._shop.records.read(lambda b: b.live(live_id))
        return platform_of(live.link if live else "")


def _ask(comment: Comment) -> BoardAsk:
    return BoardAsk(comment.id, comment.kind, comment.name, comment.text, comment.why, comment.at)
