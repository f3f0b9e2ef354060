"""The accounts that keep the shop: who may do what, since when, given by whom; taking it back."""

from __future__ import annotations

from collections.abc import Sequence

from bot.shop.roles import Grant, Right
from bot.shop.says import Choice, Field, Many, Moment, Say, Word
from bot.talk.turn import BACK, Routes, Turn, for_seller_or_owner, screen
from bot.usecases import rights
from bot.usecases.inviting import short

A_PAGE = 5
WORDS = tuple(right for right in Right)


async def everyone(turn: Turn, page: str = "0") -> list[Say]:
    """Accounts of the seller she acts for; an owner who acts for nobody sees the whole shop's."""
    who, start = await turn.who(), int(page) * A_PAGE
    team = await turn.shop.records.read(lambda b: rights.team(b, who))
    shown = team[start : start + A_PAGE]
    choices = [
        Choice(f"acc:{rights.mark_of(g)}", "choice-account", {"account": called(g)}) for g in shown
    ]
    if start + A_PAGE < len(team):
        choices.append(Choice(f"nguoi:{int(page) + 1}", "choice-more"))
    lines = tuple(Say("account-line", _fields(turn, g, team)) for g in shown)
    return [Say("accounts", lines=lines, choices=(*choices, Choice("moi", "choice-invite"), BACK))]


def called(grant: Grant) -> str:
    return grant.name or short(grant.person)


def seller_name(turn: Turn, seller: str) -> str:
    known = turn.shop.catalogue().sellers.get(seller)
    return known.name if known else ""


def _fields(turn: Turn, grant: Grant, team: Sequence[Grant]) -> dict[str, Field]:
    """Who it is, as what, for whom, since when and by whom."""
    giver = next((called(g) for g in team if g.person == grant.by), "")
    by: Field = giver or (short(grant.by) if grant.by != "shop" else Word("given-by-shop"))
    name = seller_name(turn, grant.seller)
    return {
        "account": called(grant),
        "role": Word(f"role-{grant.role}"),
        "name": name or Word("every-seller"),
        "since": Moment(grant.at),
        "by": by,
        "rights": in_words(Right(grant.rights)),
    }


def in_words(held: Right) -> Many:
    """Rights one after another, as people say them."""
    return Many(tuple(Word(f"right-{r.name}".lower()) for r in WORDS if r in held))


async def one(turn: Turn, mark: str) -> list[Say]:
    """What an account may do."""
    who = await turn.who()
    found = await turn.shop.records.read(lambda b: rights.account(b, mark, who))
    if found is None:
        return [_gone()]
    mine = found.person == turn.person
    choices = (
        *(() if mine else (Choice(f"accx:{mark}", "choice-revoke"),)),
        Choice(f"accn:{mark}", "choice-call-account"),
        BACK,
    )
    fields = _fields(turn, found, (found,))
    return [Say("account-own" if mine else "account-other", fields, choices=choices)]


def _gone() -> Say:
    return Say("account-gone", choices=(Choice("nguoi", "choice-people"), BACK))


async def call(turn: Turn, mark: str) -> list[Say]:
    """What the others call her, so that accounts are told apart."""
    if not any(c.isalpha() for c in turn.words):
        turn.ask(f"accn:{mark}")
        return [Say("account-call-ask", choices=(BACK,))]
    who, now, name = await turn.who(), turn.now, turn.words
    named = await turn.shop.ledger.put(lambda b: rights.call(b, mark, name, who, now))
    turn.words = ""
    choices = (Choice("nguoi", "choice-people"), BACK)
    return [Say("account-called", {"account": named.name}, choices=choices)]


async def take_back(turn: Turn, mark: str, sure: str = "") -> list[Say]:
    """Asked once; then the account can do nothing from its next message on."""
    who, now = await turn.who(), turn.now
    found = await turn.shop.records.read(lambda b: rights.account(b, mark, who))
    if found is None:
        return [_gone()]
    fields = _fields(turn, found, (found,))
    if sure != "yes":
        choices = (Choice(f"accx:{mark}:yes", "choice-revoke-yes"), BACK)
        return [Say("revoke-ask", fields, choices=choices)]
    person, seller = found.person, found.seller
    await turn.shop.ledger.put(lambda b: rights.revoke(b, person, seller, who, now))
    return [Say("revoked", fields, choices=(Choice("nguoi", "choice-people"), BACK))]


ROUTES: Routes = {
    "nguoi": for_seller_or_owner(screen(everyone, views=1), Right.PEOPLE),
    "acc": for_seller_or_owner(screen(one, views=1), Right.PEOPLE),
    "accn": for_seller_or_owner(screen(call, views=1), Right.PEOPLE),
    "accx": for_seller_or_owner(screen(take_back, views=1), Right.PEOPLE),
}
