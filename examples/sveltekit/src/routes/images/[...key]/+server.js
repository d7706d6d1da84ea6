import { store } from '$lib/store.js'

/** In production a web server or a bucket does this: images are files that never change. */
export async function GET({ params: { key } }) {
  const bytes = await store.get(key)
  if (!bytes) return new Response(null, { status: 404 })
  const headers = {
    'content-type': `image/${key.split('.').pop()}`,
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
  }
  return new Response(bytes, { headers })
}
