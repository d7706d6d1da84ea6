import { fetchApp } from './fetch-app.js'

declare function addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void
interface FetchEvent {
  readonly request: Request
  respondWith(response: Promise<Response>): void
}

addEventListener('fetch', event => event.respondWith(fetchApp(event.request)))
