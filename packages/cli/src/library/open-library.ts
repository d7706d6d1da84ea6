import { UsageError } from '../terminal.js'
import { bucketLibrary } from './bucket-library.js'
import { folderLibrary } from './folder-library.js'
import type { Library } from './library.js'

export interface LibraryOptions {
  /** Of a folder: where commits are prepared, if not at the default place. */
  readonly incoming?: string | undefined
  /** Of a bucket: the address of a service that is not Amazon's, such as R2's. */
  readonly endpoint?: string | undefined
  /** Whether a folder that is not there is made. */
  readonly make?: boolean | undefined
}

const bucketGrammar = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/

/**
 * A folder, or `s3://bucket/prefix` with the credentials of the environment, under the names that every S3 program reads.
 * @throws UsageError that says what is missing
 */
export function openLibrary(name: string, { incoming, endpoint, make }: LibraryOptions = {}): Library {
  if (!/^[a-z0-9+]+:\/\//i.test(name)) return folderLibrary(name, incoming, make)
  const [, bucket, path = ''] = bucketGrammar.exec(name) ?? []
  if (bucket === undefined) throw new UsageError(`${name} is neither a folder nor s3://BUCKET/PREFIX`)
  const { AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL, AWS_REGION, AWS_DEFAULT_REGION } = process.env
  const region = AWS_REGION ?? AWS_DEFAULT_REGION
  const service = endpoint ?? AWS_ENDPOINT_URL_S3 ?? AWS_ENDPOINT_URL ?? amazon(region)
  const { AWS_SESSION_TOKEN } = process.env
  try {
    return bucketLibrary(name, {
      bucket: `${service.replace(/\/+$/, '')}/${bucket}`,
      accessKeyId: required('AWS_ACCESS_KEY_ID'),
      secretAccessKey: required('AWS_SECRET_ACCESS_KEY'),
      ...(AWS_SESSION_TOKEN ? { sessionToken: AWS_SESSION_TOKEN } : {}),
      ...(region ? { region } : {}),
      prefix: path === '' || path.endsWith('/') ? path : `${path}/`,
    })
  } catch (thrown) {
    if (thrown instanceof TypeError) throw new UsageError(thrown.message)
    throw thrown
  }
}

function amazon(region: string | undefined): string {
  if (!region) throw new UsageError('AWS_REGION is not set; for another service, pass --endpoint')
  return `https://s3.${region}.amazonaws.com`
}

function required(name: string): string {
  const value = process.env[name]
  if (!value) throw new UsageError(`${name} is not set in the environment`)
  return value
}
