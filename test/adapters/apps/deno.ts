import { fetchApp } from './fetch-app.js'

declare const Deno: {
  serve(options: object, handler: (request: Request, info: unknown) => Promise<Response>): unknown
}

Deno.serve(
  { port: 0, hostname: '127.0.0.1', onListen: ({ port }: { port: number }) => console.log(`PORT ${port}`) },
  fetchApp,
)
