// Node, Deno and Bun: the same program, and the default pool besides.
import { workerPool } from '@sluice/codecs'
import { avif } from '@sluice/codecs/avif'
import { heic } from '@sluice/codecs/heic'
import { exercise, upload } from './exercise.mjs'
import { pictures } from './out/pictures.mjs'

const results = await exercise(pictures, [avif(), heic()])
const pool = workerPool({ size: 1, maxQueue: 2 })
const pooled = {}
for (const [name, base64] of Object.entries(pictures))
  pooled[name] = await upload(
    name,
    Uint8Array.from(atob(base64), c => c.charCodeAt(0)),
    pool,
  )
await pool.close()
console.log(JSON.stringify({ ...results, pooled }))
