"""Other queues for PostgreSQL at work on jobs that do nothing, each by the settings that its documents give for speed.

    queues.py NAME prepare CONNECTION JOBS    makes its tables and leaves the jobs
    queues.py NAME work CONNECTION            does them; prints when its first and its last job were done and how many

NAME is pgqueuer, procrastinate or chancy. The times are those of the clock on the wall, so that several processes can
be counted together, and what a process takes to start counts for nobody.
"""

import asyncio
import logging
import sys
import time
from datetime import timedelta

import uvloop
from psycopg.conninfo import conninfo_to_dict

# How long nothing has happened when there is nothing left.
QUIET = 3.0
BATCH = 1000


class Tally:
    first = None
    last = None
    count = 0

    @classmethod
    def note(cls):
        cls.last = time.time()
        cls.first = cls.first or cls.last
        cls.count += 1

    @classmethod
    async def quiet(cls):
        """Returns when no job has come for a while."""
        start = time.time()
        while time.time() - (cls.last or start + 10) < QUIET:
            await asyncio.sleep(0.1)


class PGQueuer:
    def __init__(self, connection):
        self.connection = connection

    async def driver(self):
        import asyncpg
        from pgqueuer.db import AsyncpgDriver

        parts = conninfo_to_dict(self.connection)
        return AsyncpgDriver(
            await asyncpg.connect(
                host=parts["host"], port=int(parts.get("port", 5432)), user=parts["user"],
                database=parts["dbname"]))

    async def prepare(self, jobs):
        from pgqueuer.queries import Queries

        queries = Queries(await self.driver())
        await queries.install()
        for start in range(0, jobs, 5000):
            count = min(5000, jobs - start)
            await queries.enqueue(["noop"] * count, [None] * count, [0] * count)

    async def work(self):
        from pgqueuer import PgQueuer
        from pgqueuer.types import QueueExecutionMode

        queue = PgQueuer(await self.driver())

        @queue.entrypoint("noop")
        async def noop(job):
            Tally.note()

        await queue.run(
            batch_size=BATCH, dequeue_timeout=timedelta(seconds=1), mode=QueueExecutionMode.drain)


class Procrastinate:
    def __init__(self, connection):
        import procrastinate

        self.app = procrastinate.App(
            connector=procrastinate.PsycopgConnector(conninfo=connection, min_size=8, max_size=32))

        @self.app.task(name="noop")
        async def noop():
            Tally.note()

        self.noop = noop

    async def prepare(self, jobs):
        async with self.app.open_async():
            await self.app.schema_manager.apply_schema_async()
            for start in range(0, jobs, BATCH):
                await self.noop.batch_defer_async(*([{}] * min(BATCH, jobs - start)))

    async def work(self):
        async with self.app.open_async():
            await self.app.run_worker_async(
                concurrency=30, wait=False, listen_notify=False, install_signal_handlers=False)


async def noop():
    Tally.note()


class Chancy:
    def __init__(self, connection):
        from chancy import Chancy as App

        quiet = logging.getLogger("quiet")
        quiet.setLevel(logging.ERROR)
        self.app = App(connection, log=quiet, max_connection_pool_size=20)

    async def prepare(self, jobs):
        from chancy import Job, Queue

        async with self.app as app:
            await app.migrate()
            await app.declare(
                Queue(
                    "default", concurrency=BATCH, executor=app.Executor.Async, polling_interval=1,
                    eager_polling=True))
            job = Job.from_func(noop, queue="default")
            async for _ in app.push_many([job] * jobs, batch_size=BATCH):
                pass

    async def work(self):
        from chancy import Worker

        async with self.app as app:
            async with Worker(app, register_signal_handlers=False):
                await Tally.quiet()


async def main():
    name, act, connection, *rest = sys.argv[1:]
    logging.disable(logging.WARNING)
    peer = {"pgqueuer": PGQueuer, "procrastinate": Procrastinate, "chancy": Chancy}[name](connection)
    if act == "prepare":
        await peer.prepare(int(rest[0]))
    else:
        await peer.work()
        print(Tally.first or 0, Tally.last or 0, Tally.count)


if __name__ == "__main__":
    # The module is known by its name to queues that look a job's function up.
    sys.modules.setdefault("queues", sys.modules["__main__"])
    uvloop.install()
    asyncio.run(main())
