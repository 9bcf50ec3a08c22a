"""Hands bytes to and fro between two connections: the page goes through a socket of the file system, because the lab's
namespaces have no other way out."""

import asyncio
import contextlib


async def join(one, other):
    """Both are (reader, writer); returns when both directions have ended."""
    await asyncio.gather(_pump(one[0], other[1]), _pump(other[0], one[1]))


async def _pump(source, sink):
    with contextlib.suppress(OSError):
        while data := await source.read(65536):
            sink.write(data)
            await sink.drain()
    with contextlib.suppress(OSError):
        sink.close()
