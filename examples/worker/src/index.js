import { uploadHandler } from 'sluice/fetch'
import { r2Store } from 'sluice/stores/r2'

const upload = uploadHandler({
  store: env => r2Store(env.BUCKET),
  public: true,
  // Limits that fit the 128 MB of an isolate.
  policy: { preset: 'edge' },
  trustProxy: 'cf-connecting-ip',
})

export default {
  async fetch(request, env) {
    const { pathname } = new URL(request.url)
    if (pathname === '/images') return upload(request, env)
    const key = pathname.replace('/images/', '')
    const bytes = await r2Store(env.BUCKET).get(key)
    if (!bytes) return new Response(null, { status: 404 })
    const headers = {
      'content-type': `image/${key.split('.').pop()}`,
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    }
    return new Response(bytes, { headers })
  },
}
