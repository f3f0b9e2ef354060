"""Putting backups back: what is refused, what is kept, what is moved aside."""

from __future__ import annotations

import io
import tarfile
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from redis.asyncio import Redis

from bot.shop.problems import Problem
from bot.stores import backup_archive as archive
from bot.stores import backup_problems as problems
from bot.stores.backup import make_backup
from bot.stores.backup_archive import Manifest, reading, writing
from bot.stores.backup_restore import restore
from bot.stores.redis import connect
from bot.stores.redis_server import EmbeddedServer, ensure_server
from bot.stores.sql.migrate import HEAD
from tests.stores.shop_copy import at_home, make
from tests.usecases.market import NOW, open_market


@pytest.fixture
async def client(server: EmbeddedServer) -> AsyncIterator[Redis]:
    async with connect(server.url) as client:
        yield client


async def test_a_flipped_byte_is_found_and_named(tmp_path: Path) -> None:
    path = await make(tmp_path)
    whole = path.read_bytes()
    with tarfile.open(path) as tar:
        places = {m.name: m.offset_data + m.size // 2 for m in tar.getmembers()}
    for name, place in places.items():
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises((problems.Damaged, problems.NotABackup)) as refused:
            await restore(path, at_home(tmp_path / "new"), NOW)
        if name != "manifest.json":
            assert refused.value.fields["member"] == name
        assert not (tmp_path / "new").exists(), "a refused restore leaves nothing"


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9, 0.99])
async def test_a_file_that_was_cut_off_is_no_backup(tmp_path: Path, share: float) -> None:
    path = await make(tmp_path)
    whole = path.read_bytes()
    with tarfile.open(path) as tar:
        end = tar.getmember("manifest.json").offset_data
    path.write_bytes(whole[: int(end * share)])
    with pytest.raises(problems.NotABackup):
        await restore(path, at_home(tmp_path / "new"), NOW)
    assert not (tmp_path / "new").exists()


def forged(path: Path, change: Callable[[Manifest], Manifest]) -> None:
    """Rewrite the manifest the way someone would who knows the format."""
    with tarfile.open(path) as tar:
        kept = [(m, tar.extractfile(m).read()) for m in tar.getmembers()]  # type: ignore[union-attr]
    with tarfile.open(path, "w") as tar:
        for info, data in kept:
            if info.name == "manifest.json":
                manifest = change(msgspec.json.decode(data, type=Manifest)).sealed()
                data = msgspec.json.encode(manifest)
                info.size = len(data)
            tar.addfile(info, io.BytesIO(data))


@pytest.mark.parametrize(
    ("change", "place", "refusal"),
    [
        ({"schema": "9999"}, {}, problems.TooNew),
        ({"format": 2}, {}, problems.TooNew),
        ({}, {"server": True}, problems.DatabaseElsewhere),
    ],
)
async def test_what_does_not_fit_this_program_is_refused(
    tmp_path: Path, change: dict[str, object], place: dict[str, object], refusal: type[Problem]
) -> None:
    path = await make(tmp_path)
    forged(path, lambda m: msgspec.structs.replace(m, **change))
    with pytest.raises(refusal):
        await restore(path, replace(at_home(tmp_path / "new"), **place), NOW)  # type: ignore[arg-type]


async def test_a_member_the_manifest_names_must_be_there(tmp_path: Path) -> None:
    path = await make(tmp_path)
    lost = {"files/gone": archive.Member(1, "0" * 64)}
    forged(path, lambda m: msgspec.structs.replace(m, members=m.members | lost))
    with pytest.raises(problems.Damaged) as refused:
        await restore(path, at_home(tmp_path / "new"), NOW)
    assert refused.value.fields["member"] == "files/gone"


@pytest.mark.parametrize(
    "name",
    [
        "../evil", "/etc/evil", "files/../../evil", "files/../evil", "files/./x", "files//x",
        "files", "evil", "files/redis/x", "files/backups/x", "files/shop.db", "..",
    ],
)  # fmt: skip
async def test_no_member_leaves_its_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "x").write_text("x")
    with writing(tmp_path / "b.tar", NOW) as made:
        made.add("sessions.jsonl", tmp_path / "x")
        made.add(name, tmp_path / "x")
        made.finish(HEAD)
    with pytest.raises(problems.StrangeMember):
        await restore(tmp_path / "b.tar", at_home(tmp_path / "deep" / "new"), NOW)
    assert not list(tmp_path.rglob("evil"))


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE])
async def test_only_plain_files_are_taken_and_each_once(tmp_path: Path, kind: bytes) -> None:
    path = await make(tmp_path)
    with tarfile.open(path, "a") as tar:
        link = tarfile.TarInfo("files/secret")
        link.type, link.linkname = kind, "/etc/passwd"
        tar.addfile(link)
    with pytest.raises((problems.StrangeMember, problems.NotABackup)):
        await restore(path, at_home(tmp_path / "new"), NOW)


async def test_a_member_given_twice_is_refused(tmp_path: Path) -> None:
    path = await make(tmp_path)
    with tarfile.open(path, "a") as tar:
        again = tarfile.TarInfo("files/secret")
        again.size = 4
        tar.addfile(again, io.BytesIO(b"evil"))
    with pytest.raises(problems.StrangeMember), reading(path):
        pass


async def test_a_shop_that_is_there_is_only_ever_moved_aside(tmp_path: Path) -> None:
    path = await make(tmp_path)
    var = tmp_path / "var"
    (var / "secret").write_text("khoá mới")
    with pytest.raises(problems.ShopIsThere):
        await restore(path, at_home(var), NOW)
    done = await restore(path, at_home(var), NOW, over=True)
    assert done.aside == tmp_path / "var.before-20261122-090000"
    assert (done.aside / "secret").read_text() == "khoá mới"
    assert (done.aside / "shop.db").stat().st_size > 0
    assert (var / "secret").read_text() == "khoá của chợ"
    assert path.exists(), "the backups stay at hand"
    assert list(tmp_path.rglob("restoring-*")) == []


async def test_an_open_shop_is_not_restored_over(tmp_path: Path) -> None:
    """Told by its database, and by its Redis: either may be elsewhere."""
    path, var = await make(tmp_path), tmp_path / "var"
    async with open_market(var / "shop.db"):
        with pytest.raises(problems.ShopIsOpen):
            await restore(path, at_home(var), NOW, over=True)
    server = await ensure_server(var)
    with pytest.raises(problems.ShopIsOpen):
        await restore(path, at_home(var), NOW, over=True)
    await server.stop()
    assert (await restore(path, at_home(var), NOW, over=True)).aside is not None


async def test_a_ruined_database_is_what_backups_are_for(tmp_path: Path) -> None:
    path = await make(tmp_path)
    (tmp_path / "var" / "shop.db").write_bytes(b"no database at all" * 500)
    done = await restore(path, at_home(tmp_path / "var"), NOW, over=True)
    assert done.aside is not None
    async with open_market(tmp_path / "var" / "shop.db") as market:
        assert len(await market.records.all_orders()) == 1


async def test_what_cannot_be_moved_stays_as_it_was(tmp_path: Path) -> None:
    path = await make(tmp_path)
    (tmp_path / "var.before-20261122-090000" / "full").mkdir(parents=True)
    before = sorted(p.relative_to(tmp_path) for p in (tmp_path / "var").rglob("*"))
    with pytest.raises(problems.CannotMoveAside):
        await restore(path, at_home(tmp_path / "var"), NOW, over=True)
    assert sorted(p.relative_to(tmp_path) for p in (tmp_path / "var").rglob("*")) == before


async def test_a_redis_of_ones_own_is_not_written_over(
    tmp_path: Path, server: EmbeddedServer, client: Redis
) -> None:
    path = await make(tmp_path)
    place = replace(at_home(tmp_path / "new"), redis_url=server.url)
    await client.set("session:{tg:1}", "of today")
    with pytest.raises(problems.SessionsAreThere):
        await restore(path, place, NOW)
    assert await client.get("session:{tg:1}") == b"of today"
    await restore(path, place, NOW, over=True)
    assert await client.get("session:{tg:1}") == "giỏ hàng".encode()
    assert not (tmp_path / "new" / "redis").exists()


async def test_a_server_database_is_left_to_its_own_tools(
    tmp_path: Path, server: EmbeddedServer, client: Redis
) -> None:
    var = tmp_path / "pg"
    with pytest.raises(problems.NothingToBackUp):
        await make_backup(var, client, NOW, "0003")
    var.mkdir()
    (var / "secret").write_text("s")
    made = await make_backup(var, client, NOW, "0003")
    assert (made.manifest.schema, made.manifest.has_database) == ("0003", False)
    with pytest.raises(problems.DatabaseMissing):
        await restore(made.path, at_home(tmp_path / "new"), NOW)
    there = replace(at_home(tmp_path / "new"), server=True)
    await restore(made.path, there, NOW)
    assert (tmp_path / "new" / "secret").read_text() == "s"
