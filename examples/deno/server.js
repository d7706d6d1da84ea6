import { uploadHandler } from 'sluice/fetch'
import { fsStore } from 'sluice/stores/fs'

const store = fsStore('./uploads')
const upload = uploadHandler({ store, public: true })

async function show(key) {
  const bytes = await store.get(key)
  if (!bytes) return new Response(null, { status: 404 })
  const headers = {
    'content-type': `image/${key.split('.').pop()}`,
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
  }
  return new Response(bytes, { headers })
}

const page = await Deno.readTextFile(new URL('index.html', import.meta.url))

Deno.serve({ port: Number(Deno.env.get('PORT') ?? 3000) }, (request, info) => {
  const { pathname } = new URL(request.url)
  if (pathname === '/images') return upload(request, info)
  if (pathname.startsWith('/images/')) return show(pathname.replace('/images/', ''))
  return new Response(page, { headers: { 'content-type': 'text/html; charset=utf-8' } })
})
