"""Inviting someone: as what, with which rights; a link and a short code that work once."""

from __future__ import annotations

import re

from bot.shop.problems import LinkSpent, NotSeller, TooOften
from bot.shop.roles import EVERY, HELPER, RIGHTS_OF, SELLER, Right, Role, rights_for
from bot.shop.says import Choice, Field, Say, Word
from bot.talk.buyer.me import ask_link
from bot.talk.owner.people import in_words, seller_name
from bot.talk.turn import BACK, Routes, Turn, act, for_seller_or_owner, screen
from bot.usecases import inviting, people
from bot.usecases.inviting import CODE_MINUTES, Invitation
from bot.usecases.ports import Books

DRAFT = "invite"
"""Where the session's form keeps the invitation that can be made: mark, role, seller, rights."""

A_PAGE = 5
GIVEN = tuple(right for right in Right if right in SELLER)
"""The rights a helper can be given, in the order in which they are shown."""

CODE = re.compile(r"(?<!\d)\d{4}[ .-]?\d{4}(?!\d)|(?<!\d)(?:\d[ .-]){7}\d(?!\d)")
TRIES, SHOP_TRIES, HOUR = 5, 300, 3600
"""Codes an account, and the whole shop, may try in an hour: of 100,000,000."""


async def role(turn: Turn, seller: str = "") -> list[Say]:
    """As what; an owner who acts for nobody says for whom first."""
    who = await turn.who()
    seller = seller or who.acts_for
    if not seller:
        return [_for_whom(turn)]
    _known(turn, seller)
    choices = tuple(_as(r, seller) for r in inviting.roles_to_give(who.grants, seller))
    if not choices:
        raise NotSeller()
    owner = (_as("owner", EVERY),) if who.is_owner else ()
    name = seller_name(turn, seller)
    return [Say("invite-as", {"name": name}, choices=(*choices, *owner, BACK))]


def _known(turn: Turn, seller: str) -> None:
    """Raises KeyError for a seller nobody knows."""
    turn.shop.catalogue().sellers[seller]


def _as(given: Role, seller: str) -> Choice:
    bits = int(HELPER if given == "helper" else RIGHTS_OF[given])
    return Choice(f"mq:{given}:{seller}:{bits}", f"choice-invite-{given}")


def _for_whom(turn: Turn) -> Say:
    sellers = turn.shop.catalogue().sellers.values()
    choices = tuple(Choice(f"moi:{s.id}", "choice-seller", {"name": s.name}) for s in sellers)
    return Say("invite-for", choices=(*choices, _as("owner", EVERY), BACK))


async def what(turn: Turn, given: Role, seller: str, bits: str, page: str = "0") -> list[Say]:
    """The rights, each ✔ or –, and the button that makes the invitation. Never more than the
    giver's own.
    """
    if given != "owner":
        _known(turn, seller)
    held = rights_for((await turn.who()).grants, seller)
    chosen = Right(int(bits)) & held & inviting.MOST[given]
    mark = turn.change_id()
    turn.session.form[DRAFT] = f"{mark} {given} {seller} {int(chosen)}"
    fields: dict[str, Field] = {
        "role": Word(f"role-{given}"),
        "name": seller_name(turn, seller) or Word("every-seller"),
        "rights": in_words(chosen),
    }
    yes = (Choice(f"my:{mark}", "choice-invite-make"),) if chosen else ()
    switches = _switches(seller, held, chosen, int(page)) if given == "helper" else ()
    id_ = "invite-what" if given == "helper" else f"invite-sure-{given}"
    return [Say(id_, fields, choices=(*yes, *switches, BACK))]


def _switches(seller: str, held: Right, chosen: Right, page: int) -> tuple[Choice, ...]:
    """A page of the rights she holds herself; pressing one turns it over."""
    able, start = [r for r in GIVEN if r in held], page * A_PAGE
    switches = tuple(
        Choice(
            f"mq:helper:{seller}:{int(chosen ^ r)}:{page}",
            "choice-right-given" if r in chosen else "choice-right-kept",
            {"right": Word(f"right-{r.name}".lower())},
        )
        for r in able[start : start + A_PAGE]
    )
    if len(able) <= A_PAGE:
        return switches
    other = page + 1 if start + A_PAGE < len(able) else 0
    return (*switches, Choice(f"mq:helper:{seller}:{int(chosen)}:{other}", "choice-other-rights"))


async def make(turn: Turn, mark: str) -> list[Say]:
    """A link that opens once and a code that holds half an hour. A second tap shows the same."""
    kept, _, told = turn.session.form.get(DRAFT, "").partition(" ")
    if kept != mark:
        raise KeyError(mark)
    given, seller, bits = told.split(" ")
    hashed, who, now = turn.shop.hashed, await turn.who(), turn.now
    token, codes = _token(turn, turn.person, mark), [_code(turn, mark, n) for n in range(3)]
    made = Invitation(
        given, seller, Right(int(bits)), mark, hashed(token),  # type: ignore[arg-type]
        tuple(hashed(_of_code(c)) for c in codes),
    )  # fmt: skip
    until = now + turn.shop.rules.link_seconds
    n = await turn.shop.ledger.put(lambda b: inviting.invite(b, made, who, now, until))
    fields: dict[str, Field] = {
        "role": Word(f"role-{given}"),
        "url": f"{turn.shop.public_url()}/s/{token}",
        "code": f"{codes[n][:4]} {codes[n][4:]}",
        "minutes": CODE_MINUTES,
    }
    return [Say("invited", fields, choices=(Choice("nguoi", "choice-people"), BACK))]


def _token(turn: Turn, giver: str, mark: str) -> str:
    """Nobody without the shop's secret can make it; nothing but its hash is kept."""
    return turn.shop.hashed(f"invitation {giver} {mark}")


def _code(turn: Turn, mark: str, n: int) -> str:
    return f"{int(turn.shop.hashed(f'code {turn.person} {mark} {n}'), 16) % 10**8:08}"


def _of_code(code: str) -> str:
    """What is hashed for a code: with a space, so that no token of a link can be the same."""
    return f"code {code}"


async def code(turn: Turn) -> list[Say]:
    """A code someone was told: what it gives is shown first, as with a link. Tries are counted."""
    found = CODE.search(turn.words)
    if not found:
        turn.ask("ma")
        return [Say("code-unclear-number" if turn.words else "code-ask-number", choices=(BACK,))]
    digits, turn.words = re.sub(r"[ .-]", "", found[0]), ""
    await _count(turn)
    hashed, now = turn.shop.hashed(_of_code(digits)), turn.now
    try:
        gift = await turn.shop.records.read(lambda b: _gift(b, hashed, now))
        return await ask_link(turn, "s", _token(turn, gift.by, gift.mark))
    except LinkSpent:
        return [Say("code-spent", choices=(Choice("ma", "choice-code-again"), BACK))]


def _gift(books: Books, hashed: str, now: int) -> inviting.Gift:
    """Raises LinkSpent for a code that opens nothing (any more)."""
    gift = inviting.gift_of(books, people.check_link(books, hashed, now))
    if gift is None:
        raise LinkSpent()
    return gift


async def _count(turn: Turn) -> None:
    """Raises TooOften before a code can be guessed."""
    counter = turn.shop.counter
    mine = await counter.count(f"code:{turn.shop.hashed(turn.person)}", HOUR)
    if mine > TRIES or await counter.count("code:all", HOUR) > SHOP_TRIES:
        raise TooOften(minutes=60)


ROUTES: Routes = {
    "moi": for_seller_or_owner(screen(role, views=1), Right.PEOPLE),
    "mq": for_seller_or_owner(act(what), Right.PEOPLE),
    "my": for_seller_or_owner(act(make), Right.PEOPLE),
    "ma": act(code),
}
