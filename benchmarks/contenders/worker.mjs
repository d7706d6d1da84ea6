// The job in a Worker: what measures/worker-start.mjs bundles.
import { defaultRenderer } from '@sluice/codecs'
import { definePolicy, sanitize } from '@sluice/core'
import { memoryStore } from '@sluice/stores'

const kit = { policy: definePolicy({ preset: 'edge' }), renderer: defaultRenderer() }

export default {
  /** @param {Request} request */
  async fetch({ body }) {
    if (!body) return new Response(undefined, { status: 400 })
    const { width, height } = await sanitize({ body }, { ...kit, store: memoryStore() })
    return Response.json({ width, height })
  },
}
