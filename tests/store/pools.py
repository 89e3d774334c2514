"""Work with a pool of readers that is started before and closed after."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from etappe.store.readers import ReaderPool

T = TypeVar("T")


def run(work: Callable[[ReaderPool], Awaitable[T]], *, size: int = 1, **options: int) -> T:
    async def main() -> T:
        pool = ReaderPool(size, **options)
        await pool.start()
        try:
            return await work(pool)
        finally:
            await pool.close()

    return asyncio.run(main())
