import { spawnSync } from 'node:child_process'
import { openBox } from './box.mjs'
const box = openBox()
const [cmd, ...args] = process.argv.slice(2)
spawnSync(box.under[0], [...box.under.slice(1), cmd, ...args], { stdio: 'inherit' })
console.error('box cpu', box.cpuMs())
box.remove()
