/*
 * A process that uses an SQLite file: sqlite-child <mode> <file>
 * `check` examines the records in it, and prints what is wrong; `hold` opens it and says so, until its input ends;
 * `crash` kills itself within a transaction; `race` opens and confirms rows of an owner who may hold fifty.
 */
import { once } from 'node:events'
import { writeSync } from 'node:fs'
import { sqliteDatabase } from '../src/sqlite/database.js'
import { sqliteRecords } from '../src/sqlite.js'
import { checkRecords, exampleRecord } from '../src/testing.js'

const [mode = '', file = ''] = process.argv.slice(2)
const print = (value: unknown) => writeSync(1, `${JSON.stringify(value)}\n`)

async function work(): Promise<void> {
  const records = sqliteRecords(file)
  await records.held('')
  if (mode === 'check') print(await checkRecords(records))
  if (mode === 'hold') {
    print('open')
    await once(process.stdin.resume(), 'end')
  }
  if (mode === 'race') {
    let fine = 0
    for (let tries = 0; tries < 50; tries++)
      try {
        const row = { ...exampleRecord(), owner: 'racer' }
        await records.open([row], { maxHeldFiles: 50 })
        if (await records.confirm([row.id])) fine++
      } catch (thrown) {
        if (Object(thrown).code !== 'too-many-stored') throw thrown
      }
    print(fine)
  }
  await records.close()
}

if (mode === 'crash')
  await sqliteDatabase(file).transaction(async query => {
    await query(`UPDATE sluice_uploads SET owner = 'half'`, [])
    process.kill(process.pid, 'SIGKILL')
  })
else
  await work().catch(thrown => {
    print(String(thrown.message))
    process.exitCode = 1
  })
