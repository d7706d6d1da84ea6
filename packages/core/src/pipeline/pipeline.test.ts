import { expect, test } from 'vitest'
import { gifFile } from '../../test/gif-file.js'
import { vp8, webpFile } from '../../test/webp-file.js'
import type { Renderer, StepCost } from '../contracts/renderer.js'
import { definePolicy } from '../policy/policy.js'
import { type Kit, sanitize } from './pipeline.js'
import type { StageResult } from './stages.js'

const costs: readonly StepCost[] = [{ step: 'decode', ms: 1, fuel: 2, memoryBytes: 3 }]
const renderer: Renderer = {
  name: 'test',
  reads: ['gif'],
  writes: ['webp'],
  async render() {
    const bytes = webpFile(vp8())
    return { renditions: [{ name: 'main', format: 'webp', bytes, width: 6, height: 4, frames: 1 }], costs }
  },
}
const kit: Kit = {
  policy: definePolicy(),
  renderer,
  store: { commit: async () => {}, get: async () => undefined, delete: async () => {}, async *list() {} },
}

test('what each stage made is told as it ends, and before the next begins', async () => {
  const told: StageResult[] = []
  const asked: number[] = []
  await sanitize(
    { body: gifFile({ width: 6, height: 4 }), name: 'cat.gif' },
    { ...kit, onStage: done => void told.push(done), beforeStore: () => void asked.push(told.length) },
  )
  expect(told.map(({ stage }) => stage)).toEqual(['admit', 'sniff', 'probe', 'render', 'verify'])
  expect(asked).toEqual([5])
  expect(told.map(({ result }) => result)).toMatchObject([
    { name: 'cat.gif' },
    { format: 'gif' },
    { header: { width: 6, height: 4 } },
    { renditions: [{ width: 6 }], costs },
    { renditions: [{ sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }], costs },
  ])
})

test('of a refused upload the stages before are told, and what is thrown there refuses it', async () => {
  const told: string[] = []
  const onStage = ({ stage }: StageResult) => void told.push(stage)
  const cut = gifFile({ width: 6, height: 4 }).subarray(0, 15)
  await expect(sanitize({ body: cut, name: 'cat.gif' }, { ...kit, onStage })).rejects.toMatchObject({
    code: 'truncated',
  })
  expect(told).toEqual(['admit', 'sniff'])
  const broken = () => {
    throw new Error('no')
  }
  const upload = { body: gifFile(), name: 'cat.gif' }
  await expect(sanitize(upload, { ...kit, onStage: broken })).rejects.toMatchObject({ code: 'internal' })
})
