import { issueCsrfToken } from '@sluice/adapters/csrf'
import { type UploadForm, uploadHandler } from '@sluice/adapters/fetch'
import type { Store } from '@sluice/core'
import { memoryStore } from '@sluice/stores'

interface Bindings {
  readonly BUCKET: Store
}

// A Worker: the store comes with the bindings.
export default {
  fetch: uploadHandler<Bindings>({ store: bindings => bindings.BUCKET, public: true }),
} satisfies { fetch(request: Request, env: Bindings): Promise<Response> }

// A route handler, as Next.js has it.
export const POST: (request: Request) => Promise<Response> = uploadHandler({
  store: memoryStore(),
  authorize: async request => ({ role: request.headers.get('x-role') ?? '', user: undefined }),
  field: '*',
  otherFiles: 'pass',
  methods: ['POST', 'PUT'],
  async onStored(form) {
    const { otherFiles, discard, uploads }: UploadForm = form
    console.log(form.request.url, otherFiles[0]?.bytes.length)
    for (const upload of uploads) await discard(upload)
  },
})

export const PUT = uploadHandler({
  store: memoryStore(),
  public: true,
  observe: (request, env) => Response.json({ url: request.url, env }),
})

export const token: Promise<string> = issueCsrfToken('a secret of at least 32 characters', 'ann')

// @ts-expect-error a store is needed
uploadHandler({ public: true })
// @ts-expect-error a misspelt setting
uploadHandler({ store: memoryStore(), public: true, policy: { maxByte: 1 } })
// @ts-expect-error no such method
uploadHandler({ store: memoryStore(), public: true, methods: ['GET'] })
