/** Ends this process by SIGKILL in front of its n-th call of a function of node:fs/promises: SLUICE_TEST_KILL="open 40". */
import promises from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'

const [operation = '', count = '0'] = (process.env.SLUICE_TEST_KILL ?? '').split(' ')
if (operation !== '') {
  const original = promises[operation]
  let calls = 0
  promises[operation] = (...given) => {
    calls++
    if (calls === Number(count)) process.kill(process.pid, 'SIGKILL')
    return original(...given)
  }
  syncBuiltinESMExports()
}
