"""Requests sent at the same moment by a process that does nothing else, so that its own threads take no time
of the answers; and how long each waited."""

import asyncio
from collections.abc import Sequence
from time import perf_counter


def at_once(port: int, requests: Sequence[bytes]) -> list[float]:
    """Seconds from each request, as it goes over the wire, to the first line of its answer, in their order.

    Raises ValueError where one is answered with anything but 200.
    """
    return asyncio.run(_all(port, requests))


async def _all(port: int, requests: Sequence[bytes]) -> list[float]:
    return await asyncio.gather(*(_one(port, request) for request in requests))


async def _one(port: int, request: bytes) -> float:
    begun = perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request)
    line = await reader.readline()
    waited = perf_counter() - begun
    writer.close()
    if b" 200 " not in line:
        raise ValueError(line)
    return waited
