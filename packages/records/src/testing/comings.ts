import { type Examine, future, isSame, refusalOf, stateOf } from './examination.js'

/** How rows come, are confirmed and counted. */
export const comings: readonly Examine[] = [
  async function keepsWhatIsOpened({ records, owner, make, expect }) {
    const rows = [make(), make({ job: `job-${owner}` })]
    await records.open(rows)
    for (const row of rows) {
      const [byId] = await records.find([row.id])
      const [byKey] = await records.find([row.files[1]?.key ?? ''])
      const { opened, state, ...rest } = byId ?? { opened: 0 }
      expect(isSame(rest, row), 'find does not give the row that was opened')
      expect(state === 'pending', 'a row that was opened is not pending')
      expect(Math.abs(opened - Date.now()) < 60_000, 'the time of opening is not told')
      expect(byKey?.id === row.id, 'an upload is not found by the key of a variant')
    }
    expect((await records.find([make().id])).length === 0, 'find gives a row that was never opened')
    expect((await records.find([])).length === 0, 'find of nothing gives something')
  },

  async function opensAllOrNone({ records, make, expect }) {
    const taken = make()
    await records.open([taken])
    const thief = { ...make(), files: taken.files }
    const bystander = make()
    const code = await refusalOf(records.open([bystander, thief]))
    expect(code === 'store-failed', `a key of another upload is not refused with store-failed (${code})`)
    expect((await records.find([bystander.id])).length === 0, 'of a refused open some rows stay')
  },

  async function opensAgain({ records, make, expect }) {
    const row = make()
    await records.open([row])
    await records.open([row])
    expect((await records.find([row.id])).length === 1, 'a row that is opened again is not one')
    await records.confirm([row.id])
    await records.open([row])
    expect((await stateOf(records, row)) === 'confirmed', 'opening again takes a confirmation back')
    await records.remove([row.id], future())
    const code = await refusalOf(records.open([row]))
    expect(code === 'store-failed', `a removed row can be opened again (${code})`)
  },

  async function confirmsAllOrNone({ records, make, expect }) {
    const [one, other, never] = [make(), make(), make()]
    await records.open([one, other])
    expect(!(await records.confirm([one.id, never.id])), 'what was never opened is confirmed')
    expect((await stateOf(records, one)) === 'pending', 'confirm of some that fails confirms the others')
    const ids = [one.id, other.id]
    expect((await records.confirm(ids)) && (await records.confirm(ids)), 'confirm is not idempotent')
    expect((await stateOf(records, other)) === 'confirmed', 'what was confirmed is not')
    await records.remove([one.id], future())
    expect(!(await records.confirm([one.id])), 'what was removed can be confirmed')
  },

  async function confirmsOneOfAJob({ records, owner, make, expect }) {
    const job = `job-${owner}`
    const rows = Array.from({ length: 4 }, () => make({ job }))
    for (const row of rows) await records.open([row])
    const won = await Promise.all(rows.map(({ id }) => records.confirm([id])))
    expect(won.filter(Boolean).length === 1, 'of four uploads of one job not exactly one is confirmed')
    const winner = rows[won.indexOf(true)]
    expect(
      winner !== undefined && (await records.confirm([winner.id])),
      'the winner of a job cannot confirm again',
    )
  },

  async function confirmsWithin({ records, make, expect, transaction }) {
    if (transaction === undefined) return
    const [kept, undone] = [make(), make()]
    await records.open([kept, undone])
    await transaction(async tx =>
      expect(await records.confirm([kept.id], tx), 'confirm in a transaction fails'),
    )
    expect((await stateOf(records, kept)) === 'confirmed', 'confirm in a transaction is lost')
    const stopped = new Error('taken back')
    const work = transaction(async tx => {
      await records.confirm([undone.id], tx)
      throw stopped
    })
    await work.catch(thrown => expect(thrown === stopped, `a transaction that is taken back says ${thrown}`))
    expect(
      (await stateOf(records, undone)) === 'pending',
      'confirm outlives a transaction that is taken back',
    )
  },

  async function countsWhatIsHeld({ records, owner, make, expect }) {
    const rows = [make(), make(), make()]
    await records.open(rows)
    await records.confirm([rows[0]?.id ?? ''])
    expect(isSame(await records.held(owner), { bytes: 3000, files: 3 }), 'held does not count what is open')
    await records.remove([rows[0]?.id ?? '', rows[1]?.id ?? ''], future())
    expect(isSame(await records.held(owner), { bytes: 1000, files: 1 }), 'held counts what was removed')
    expect(
      isSame(await records.held(`${owner}-other`), { bytes: 0, files: 0 }),
      'held counts what others have',
    )
  },

  async function limitsWhatIsHeld({ records, owner, make, expect }) {
    await records.open([make()], { maxHeldBytes: 1000, maxHeldFiles: 1 })
    const [tooMany, tooMuch] = [
      await refusalOf(records.open([make()], { maxHeldFiles: 1 })),
      await refusalOf(records.open([make()], { maxHeldBytes: 1999 })),
    ]
    expect(tooMany === 'too-many-stored', `an upload too many is not refused (${tooMany})`)
    expect(tooMuch === 'storage-full', `bytes too many are not refused (${tooMuch})`)
    const rows = Array.from({ length: 6 }, () => make())
    const codes = await Promise.all(rows.map(row => refusalOf(records.open([row], { maxHeldFiles: 3 }))))
    const fine = codes.filter(code => code === undefined).length
    expect(fine === 2, `of six at once, where two more may be held, ${fine} are let in`)
    expect((await records.held(owner)).files === 3, 'rows that were refused stay')
  },
]
