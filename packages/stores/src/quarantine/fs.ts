import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { link, lstat, readdir, rename, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Keyring, UploadError } from '@sluice/core'
import { ignoreMissing, isErrno, readPlain, syncFolder, wasThere, writeDurably } from '../fs/durable.js'
import { privateMode } from '../fs/layout.js'
import { storeFailed } from '../refuse.js'
import { type Offer, readOffer, type Ticket } from './offer.js'
import { idGrammar, mayStillCome, type Quarantine } from './quarantine.js'

export interface FolderQuarantine extends Quarantine {
  /**
   * What a client may send by a ticket, before its body is read.
   * @throws UploadError `forbidden` where the ticket is not ours or has expired
   */
  admit(ticket: Ticket): Promise<Offer>
  /**
   * Takes the file of an offer.
   * @returns false where one was taken before
   * @throws UploadError `malformed-body` where it is not the one that was offered, `store-failed`
   */
  take(offer: Offer, ticket: Ticket, bytes: Uint8Array): Promise<boolean>
}

/** What is being written: a process that dies leaves it for the sweep. */
const unfinished = '.part'

/**
 * A private folder for one machine, with the endpoint of `directUploads` in place of a bucket's. Each file is the ticket,
 * a line end, and the bytes that came: one link makes both visible.
 * @param url of that endpoint, as clients reach it
 * @throws Error at start where the folder cannot be made
 */
export function folderQuarantine(path: string, url: string, ring: Keyring): FolderQuarantine {
  const folder = resolve(path)
  mkdirSync(folder, { recursive: true, mode: privateMode })
  const pathOf = (id: string) => join(folder, idGrammar.test(id) ? id : 'none')

  async function content(
    id: string,
  ): Promise<{ readonly ticket: Ticket; readonly body: Uint8Array } | undefined> {
    try {
      const bytes = await readPlain(pathOf(id))
      const end = bytes.indexOf(0x0a)
      if (end < 0) return undefined
      return { ticket: new TextDecoder().decode(bytes.subarray(0, end)), body: bytes.subarray(end + 1) }
    } catch (thrown) {
      if (isErrno(thrown, 'ENOENT')) return undefined
      throw storeFailed(String(thrown), thrown)
    }
  }

  return {
    async present({ type }, ticket) {
      const to = new URL(url, 'relative://')
      to.searchParams.set('offer', ticket)
      const shown = to.protocol === 'relative:' ? to.pathname + to.search : to.href
      return { method: 'PUT', url: shown, headers: { 'content-type': type } }
    },
    async admit(ticket) {
      const offer = await readOffer(ticket, ring)
      if (offer === undefined || Date.parse(offer.expires) <= Date.now())
        throw new UploadError(
          'forbidden',
          {},
          { stage: 'guard', detail: 'a ticket that is not ours, or has expired' },
        )
      return offer
    },
    async take(offer, ticket, bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      if (bytes.length !== offer.bytes || sha256 !== offer.sha256)
        throw new UploadError(
          'malformed-body',
          {},
          { detail: `${bytes.length} bytes, not those that were offered` },
        )
      const part = `${pathOf(offer.id)}-${randomBytes(8).toString('hex')}${unfinished}`
      try {
        await writeDurably(part, Buffer.concat([Buffer.from(`${ticket}\n`), bytes]), 0o600)
        const isNew = await linkNew(part, pathOf(offer.id))
        await syncFolder(folder)
        return isNew
      } catch (thrown) {
        throw storeFailed(String(thrown), thrown)
      } finally {
        await rm(part, { force: true })
      }
    },
    async find(id) {
      const found = await content(id)
      if (found === undefined) return undefined
      const { ticket, body } = found
      return { ticket, bytes: body.length, etag: createHash('sha256').update(body).digest('hex') }
    },
    async read(id, etag) {
      const body = (await content(id))?.body
      if (body === undefined || createHash('sha256').update(body).digest('hex') !== etag)
        throw storeFailed(`${id} is gone or has changed`)
      return body
    },
    async settle(id, expires) {
      try {
        if (!mayStillCome(expires)) return void (await wasThere(rm(pathOf(id))))
        const part = `${pathOf(id)}-${randomBytes(8).toString('hex')}${unfinished}`
        await writeDurably(part, '', 0o600)
        await rename(part, pathOf(id))
      } catch (thrown) {
        throw storeFailed(String(thrown), thrown)
      }
    },
    async *list() {
      for (const name of await readdir(folder)) {
        const entry = await lstat(join(folder, name)).catch(ignoreMissing)
        if (!entry?.isFile()) continue
        if (idGrammar.test(name)) yield { id: name, since: entry.mtimeMs }
        // Nobody writes one file for an hour.
        else if (name.endsWith(unfinished) && entry.mtimeMs < Date.now() - 3_600_000)
          await rm(join(folder, name), { force: true })
      }
    },
  }
}

/** @returns false where the name is taken, by `link` itself: no race (TOCTOU) */
async function linkNew(existing: string, path: string): Promise<boolean> {
  try {
    await link(existing, path)
    return true
  } catch (thrown) {
    if (isErrno(thrown, 'EEXIST')) return false
    throw thrown
  }
}
