import { uploadHandler } from 'sluice/fetch'

const upload = uploadHandler({ store: './uploads', public: true })

const server = Bun.serve({
  port: Number(process.env.PORT ?? 3000),
  async fetch(request, server) {
    const { pathname } = new URL(request.url)
    if (pathname === '/images') return upload(request, server)
    // Of keys as the store makes them, and of nothing else.
    const [, key] = /^\/images\/(\d{6}\/[\w.-]+)$/.exec(pathname) ?? []
    if (!key) return new Response(Bun.file('index.html'))
    const file = Bun.file(`uploads/${key}`)
    if (!(await file.exists())) return new Response(null, { status: 404 })
    return new Response(file, { headers: { 'cache-control': 'public, max-age=31536000, immutable' } })
  },
})
console.log(`http://localhost:${server.port}`)
