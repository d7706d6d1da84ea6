import { fetchApp } from './fetch-app.js'

declare const Bun: {
  serve(options: { port: number; hostname: string; fetch: typeof fetchApp }): { port: number }
}

console.log(`PORT ${Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: fetchApp }).port}`)
