import { storeFailed } from '../refuse.js'
import { makeBucket } from '../s3/bucket.js'
import type { S3Options } from '../s3/options.js'
import { idGrammar, mayStillCome, type Quarantine } from './quarantine.js'
import { presenter } from './s3.js'

/** As much of Cloudflare's `R2Bucket` as is used here: pass `env.QUARANTINE`. */
export interface R2QuarantineBinding {
  head(key: string): Promise<R2Head | null>
  get(key: string, options: { readonly onlyIf: { readonly etagMatches: string } }): Promise<object | null>
  put(key: string, bytes: Uint8Array): Promise<object | null>
  delete(key: string): Promise<void>
  list(options: { readonly cursor?: string }): Promise<{
    readonly objects: readonly { readonly key: string; readonly uploaded: Date }[]
    readonly truncated: boolean
    readonly cursor?: string
  }>
}

interface R2Head {
  readonly size: number
  readonly etag: string
  readonly customMetadata?: Record<string, string>
}

/**
 * A private R2 bucket that a Worker reads through its binding. Clients put by presigned URLs of its S3 API, for which
 * the Worker needs an access key of R2, that may write to this bucket and no other.
 * @param presign URL of the bucket's S3 API (`https://<account>.r2.cloudflarestorage.com/<bucket>`) and the access key
 * @throws TypeError at start if the settings cannot be right
 */
export function r2Quarantine(bucket: R2QuarantineBinding, presign: Omit<S3Options, 'prefix'>): Quarantine {
  return {
    present: presenter(makeBucket('r2Quarantine', { region: 'auto', ...presign })),
    async find(id) {
      const found = await asked(bucket.head(id))
      const ticket = found?.customMetadata?.['sluice-offer']
      return found && ticket !== undefined ? { ticket, bytes: found.size, etag: found.etag } : undefined
    },
    async read(id, etag) {
      const found = await asked(bucket.get(id, { onlyIf: { etagMatches: etag } }))
      // Without a body, what is there is another version.
      if (!hasBytes(found)) throw storeFailed(`${id} is gone or has changed`)
      return new Uint8Array(await asked(found.arrayBuffer()))
    },
    async settle(id, expires) {
      await asked<unknown>(mayStillCome(expires) ? bucket.put(id, new Uint8Array()) : bucket.delete(id))
    },
    async *list() {
      for (let cursor: string | undefined = ''; cursor !== undefined; ) {
        const page: Awaited<ReturnType<R2QuarantineBinding['list']>> = await asked(
          bucket.list(cursor === '' ? {} : { cursor }),
        )
        for (const { key, uploaded } of page.objects)
          if (idGrammar.test(key)) yield { id: key, since: uploaded.getTime() }
        cursor = page.truncated ? page.cursor : undefined
      }
    },
  }
}

function hasBytes(found: object | null): found is { arrayBuffer(): Promise<ArrayBuffer> } {
  return found !== null && 'arrayBuffer' in found && typeof found.arrayBuffer === 'function'
}

async function asked<Value>(answer: Promise<Value>): Promise<Value> {
  return answer.catch(thrown => {
    throw storeFailed(String(thrown), thrown)
  })
}
