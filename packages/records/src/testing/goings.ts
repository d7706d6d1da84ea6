import { type Examine, future, isSame, stateOf } from './examination.js'

/** How rows go. */
export const goings: readonly Examine[] = [
  async function removes({ records, make, expect }) {
    const [pending, confirmed] = [make(), make()]
    await records.open([pending, confirmed])
    await records.confirm([confirmed.id])
    const due = future()
    const removed = await records.remove([pending.id, confirmed.id], due)
    expect(removed === 2, `remove of two tells ${removed}`)
    const isDue = async (at: Date) => (await records.due(at, 1_000_000)).some(({ id }) => id === pending.id)
    expect(!(await isDue(new Date(due.getTime() - 1))), 'a removed upload is due too early')
    expect(await isDue(due), 'a removed upload is not due when it should be')
    await records.remove([pending.id], new Date(due.getTime() + 1))
    expect(await isDue(due), 'what was removed can become due later')
    await records.remove([pending.id])
    expect(await isDue(new Date()), 'what was removed cannot become due earlier')
  },

  async function expires({ records, make, expect }) {
    const [pending, confirmed] = [make(), make()]
    await records.open([pending, confirmed])
    await records.confirm([confirmed.id])
    const stale = async (before: Date) => (await records.stale(before, 1_000_000)).map(({ id }) => id)
    expect(!(await stale(new Date(0))).includes(pending.id), 'a new upload is stale')
    expect((await stale(future())).includes(pending.id), 'an old upload is not stale')
    expect(!(await stale(future())).includes(confirmed.id), 'a confirmed upload is stale')
    expect((await records.expire([pending.id], new Date(0))) === 0, 'what was opened since then expires')
    const gone = await records.expire([pending.id, confirmed.id], future())
    expect(gone === 1, `of a pending and a confirmed upload ${gone} expire`)
    expect((await stateOf(records, confirmed)) === 'confirmed', 'a confirmed upload expires')
  },

  async function letsOneWin({ records, make, expect }) {
    const rows = Array.from({ length: 8 }, () => make())
    await records.open(rows)
    for (const { id } of rows) {
      const [kept, gone] = await Promise.all([records.confirm([id]), records.expire([id], future())])
      expect(kept !== (gone === 1), 'an upload is confirmed and expires at once, or neither')
    }
  },

  async function forgetsWhatIsRemoved({ records, make, expect }) {
    const [removed, confirmed] = [make(), make()]
    await records.open([removed, confirmed])
    await records.confirm([confirmed.id])
    await records.remove([removed.id])
    await records.forget([removed.id, confirmed.id])
    expect(
      (await records.find([removed.id, removed.files[0]?.key ?? ''])).length === 0,
      'what was forgotten is there',
    )
    expect((await stateOf(records, confirmed)) === 'confirmed', 'forget deletes what was not removed')
    await records.open([removed])
    expect((await stateOf(records, removed)) === 'pending', 'keys of what was forgotten are taken')
  },

  async function lists({ records, owner, make, expect }) {
    const rows = Array.from({ length: 5 }, () => make())
    await records.open(rows)
    await records.confirm(rows.slice(2).map(({ id }) => id))
    const ids = rows.map(({ id }) => id).sort()
    const listed = async (query: object) => {
      const found: string[] = []
      for await (const { id } of records.list({ owner, ...query })) found.push(id)
      return found
    }
    expect(isSame(await listed({}), ids), 'list does not give each row once, by id')
    expect(isSame(await listed({ after: ids[1] }), ids.slice(2)), 'list does not go on behind an id')
    expect((await listed({ state: 'confirmed' })).length === 3, 'list by state does not give what has it')
  },

  async function replaces({ records, owner, make, expect }) {
    const [old, renewed] = [make(), make({ policyVersion: 'fedcba9876543210' })]
    await records.open([old, renewed])
    expect(!(await records.replace(old.id, renewed.id)), 'what is not confirmed can be replaced')
    await records.confirm([old.id])
    expect(await records.replace(old.id, renewed.id, future()), 'a confirmed upload cannot be replaced')
    const [[now], [left]] = [await records.find([old.id]), await records.find([renewed.id])]
    expect(
      now?.state === 'confirmed' && isSame(now.files, renewed.files),
      'a replaced upload lacks its new files',
    )
    expect(now?.policyVersion === renewed.policyVersion, 'a replaced upload does not tell its policy')
    expect(left?.state === 'removed' && isSame(left.files, old.files), 'old files are not left to be removed')
    expect((await records.held(owner)).files === 1, 'an upload that was replaced is counted twice')
    expect(!(await records.replace(old.id, renewed.id)), 'replacing again is not refused')
  },
]
