import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { bodyOf } from '@sluice/testkit/body-of'

/** Signs by itself, and is not what the stores sign with. */
const aws4: { sign(request: object, keys: object): { path: string } } = createRequire(import.meta.url)('aws4')

export const credentials = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'secret/key+of=tests',
  region: 'eu-test-1',
}

interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
}

interface Kept {
  readonly bytes: Buffer
  readonly modified: number
  readonly headers: Readonly<Record<string, string>>
}

/** What goes wrong: nothing, this status instead of doing it, done and the answer lost, not done, done in silence. */
export type Fault = number | 'lost' | 'cut' | 'silent' | undefined

/**
 * As much of S3 as a store uses, in memory, with the signature (AWS Signature Version 4) and the hash of the
 * body checked by code that is not the client's.
 */
export async function startFakeS3() {
  const objects = new Map<string, Kept>()
  const requests: string[] = []
  const silent: unknown[] = []
  const control = {
    pageSize: 1,
    fault: (_line: string): Fault => undefined,
    /** `refused` as 501, as services do that do not know it; `ignored` as older ones do. */
    ifNoneMatch: 'kept' as 'kept' | 'ignored' | 'refused',
    /** 1: as services list that only know the first version. */
    listVersion: 2,
  }

  const server = createServer(async (request, response) => {
    const line = `${request.method} ${request.url}`
    // As a bucket's CORS rule that lets one site put files.
    response.setHeader('access-control-allow-origin', '*')
    if (request.method === 'OPTIONS') {
      const allowed = { 'access-control-allow-methods': 'PUT', 'access-control-allow-headers': '*' }
      return response.writeHead(204, allowed).end()
    }
    requests.push(line)
    const fault = control.fault(line)
    if (fault === 'cut') {
      const cut = () => request.socket.destroy()
      return Number(request.headers['content-length'] ?? 0) > 0 ? request.once('data', cut) : cut()
    }
    const body = await bodyOf(request)
    if (!body) return
    const isPresigned = line.includes('X-Amz-Signature=')
    const refusal = isPresigned ? checkPresigned(request, body) : checkSignature(request, body)
    const { status, headers, body: content } = answerTo(request, body, fault, refusal)
    if (fault === 'silent') silent.push(response)
    else if (fault === 'lost') request.socket.destroy()
    else response.writeHead(status, headers).end(request.method === 'HEAD' ? undefined : content)
  })

  function answerTo(
    request: IncomingMessage,
    body: Buffer,
    fault: Fault,
    refusal: string | undefined,
  ): Answer {
    if (refusal) return { status: 403, body: errorOf(refusal) }
    if (typeof fault !== 'number') return act(request, body)
    const headers = { location: 'http://127.0.0.1:1/elsewhere' }
    return { status: fault, body: errorOf('FaultOfTheTest'), headers }
  }

  function act(request: IncomingMessage, body: Buffer): Answer {
    const url = new URL(request.url ?? '', 'http://fake')
    const key = decodeURIComponent(url.pathname).replace(/^\/bucket\/?/, '')
    if (key === '') return list(url.searchParams)
    const kept = objects.get(key)
    switch (request.method) {
      case 'PUT':
        if (request.headers['if-none-match'] === '*') {
          if (control.ifNoneMatch === 'refused') return { status: 501, body: errorOf('NotImplemented') }
          if (control.ifNoneMatch === 'kept' && kept)
            return { status: 412, body: errorOf('PreconditionFailed') }
        }
        objects.set(key, { bytes: body, headers: keptHeaders(request), modified: Date.now() })
        return { status: 200 }
      case 'DELETE':
        objects.delete(key)
        return { status: 204 }
      default:
        if (kept && ![undefined, etagOf(kept)].includes(request.headers['if-match']))
          return { status: 412, body: errorOf('PreconditionFailed') }
        return kept
          ? { status: 200, headers: { ...kept.headers, ...lengthAndTag(kept) }, body: kept.bytes }
          : { status: 404, body: '<Error/>' }
    }
  }

  function list(query: URLSearchParams): Answer {
    const keys = [...objects.keys()].filter(key => key.startsWith(query.get('prefix') ?? '')).sort()
    const start = Number(query.get('continuation-token')?.replace('token & ', '') ?? 0)
    const page = keys.slice(start, start + control.pageSize)
    const contents = page.map(
      key =>
        `<Contents><Key>${key}</Key><Size>${objects.get(key)?.bytes.length}</Size><LastModified>${new Date(objects.get(key)?.modified ?? 0).toISOString()}</LastModified></Contents>`,
    )
    const end = start + control.pageSize
    const more = end < keys.length
    const how =
      control.listVersion === 2 ? `<NextContinuationToken>token &amp; ${end}</NextContinuationToken>` : ''
    const next = `<IsTruncated>${more}</IsTruncated>${more ? how : ''}`
    return { status: 200, body: `<ListBucketResult>${contents.join('\n')}${next}</ListBucketResult>` }
  }

  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/bucket`,
    objects,
    requests,
    control,
    stop: () => new Promise(resolve => server.close(resolve).closeAllConnections()),
  }
}

const etagOf = ({ bytes }: Kept) => `"${createHash('md5').update(bytes).digest('hex')}"`
const lengthAndTag = (kept: Kept) => ({ 'content-length': String(kept.bytes.length), etag: etagOf(kept) })

const errorOf = (code: string) => `<?xml version="1.0"?><Error><Code>${code}</Code></Error>`

function keptHeaders({ headers }: IncomingMessage): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) =>
    /^(content-type|cache-control|x-amz-meta-.*)$/.test(name),
  )
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]))
}

/**
 * What is wrong with a request's signature, or undefined: the steps of Amazon's "Create a signed request".
 */
function checkSignature(
  { method = '', url = '', headers }: IncomingMessage,
  body: Buffer,
): string | undefined {
  const pattern =
    /^AWS4-HMAC-SHA256 Credential=(\w+)\/(\d{8})\/([\w-]+)\/s3\/aws4_request, SignedHeaders=([\w;-]+), Signature=(\w+)$/
  const [, id, day = '', region = '', names = '', given] = pattern.exec(headers.authorization ?? '') ?? []
  if (id !== credentials.accessKeyId || region !== credentials.region) return 'InvalidAccessKeyId'
  const bodyHash = String(headers['x-amz-content-sha256'])
  if (bodyHash !== 'UNSIGNED-PAYLOAD' && bodyHash !== sha256(body)) return 'XAmzContentSHA256Mismatch'
  if (method === 'PUT' && bodyHash === 'UNSIGNED-PAYLOAD') return 'the body of a PUT must be signed'
  for (const name of ['host', 'x-amz-date', 'x-amz-content-sha256'])
    if (!names.split(';').includes(name)) return `${name} is not signed`
  if (headers['if-none-match'] && !names.includes('if-none-match')) return 'if-none-match is not signed'

  const date = String(headers['x-amz-date'])
  const [path = '', query = ''] = url.split('?')
  const canonical = [
    method,
    path,
    query.replaceAll('+', '%20').split('&').sort().join('&'),
    ...names.split(';').map(name => `${name}:${String(headers[name]).trim()}`),
    '',
    names,
    bodyHash,
  ].join('\n')
  const scope = `${day}/${region}/s3/aws4_request`
  const text = ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n')
  const key = [day, region, 's3', 'aws4_request'].reduce(
    (secret: string | Buffer, part) => hmac(secret, part),
    `AWS4${credentials.secretAccessKey}`,
  )
  return hmac(key, text).toString('hex') === given ? undefined : 'SignatureDoesNotMatch'
}

/** What is wrong with a presigned request, or undefined: its URL signed anew by a library of others. */
function checkPresigned(
  { method = '', url = '', headers }: IncomingMessage,
  body: Buffer,
): string | undefined {
  const query = new URL(url, 'http://fake').searchParams
  const date = query.get('X-Amz-Date') ?? ''
  const start = Date.parse(date.replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5'))
  if (!(Date.now() < start + 1000 * Number(query.get('X-Amz-Expires')))) return 'AccessDenied'
  const names = (query.get('X-Amz-SignedHeaders') ?? '').split(';')
  for (const name of ['host', 'content-length', 'content-type', 'if-none-match', 'x-amz-checksum-sha256'])
    if (!names.includes(name)) return `${name}IsNotSigned`
  // Of metadata, and of conditions, none may come that was not signed.
  const unsigned = Object.keys(headers).find(name => /^(?:x-amz-|if-)/.test(name) && !names.includes(name))
  if (unsigned !== undefined) return 'AccessDenied'
  const bare = new URL(url, 'http://fake')
  for (const name of ['Algorithm', 'Credential', 'SignedHeaders', 'Signature'])
    bare.searchParams.delete(`X-Amz-${name}`)
  const signed = aws4.sign(
    {
      service: 's3',
      region: credentials.region,
      method,
      path: bare.pathname + bare.search,
      headers: Object.fromEntries(names.map(name => [name, headers[name] ?? ''])),
      signQuery: true,
    },
    credentials,
  )
  const right = new URL(signed.path, 'http://fake').searchParams.get('X-Amz-Signature')
  if (query.get('X-Amz-Signature') !== right) return 'SignatureDoesNotMatch'
  const checksum = createHash('sha256').update(body).digest('base64')
  return headers['x-amz-checksum-sha256'] === checksum ? undefined : 'BadDigest'
}

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex')
const hmac = (key: string | Buffer, data: string) => createHmac('sha256', key).update(data).digest()
