import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { announce, newestChange } from './changes'
import { openStore } from './database'
import { migrate } from './migrate'

test('two that read and then write in one transaction wait for each other, and no row is lost', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'antipode-store-'))
  const file = join(folder, 'antipode.db')
  const [one, other] = [openStore(file), openStore(file)]
  await migrate(one)
  const seen = await one.transaction().execute(async (tx) => {
    const before = await tx
      .selectFrom('changes')
      .select((e) => e.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow()
    // With a deferred transaction the other could write here, and the write below would fail as locked.
    await announce(tx, ['a'], 1)
    return Number(before.n)
  })
  await other.transaction().execute((tx) => announce(tx, ['b'], 2))
  expect(seen).toBe(0)
  expect(await newestChange(one)).toBe(2)
  const begun = await one.transaction().execute(async (tx) => {
    await tx.selectFrom('changes').selectAll().execute()
    // The lock is taken from the first statement on: the other is told so and does not slip in between.
    const refused = await new Promise<boolean>((resolve) => {
      const impatient = openStore(file, 1)
      impatient
        .transaction()
        .execute((tx2) => announce(tx2, ['c'], 3))
        .then(
          () => resolve(false),
          () => resolve(true),
        )
        .finally(() => impatient.destroy())
    })
    await announce(tx, ['d'], 4)
    return refused
  })
  expect(begun).toBe(true)
  await Promise.all([one.destroy(), other.destroy()])
  rmSync(folder, { recursive: true })
})
