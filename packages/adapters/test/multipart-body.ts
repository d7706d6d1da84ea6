/** A part of a multipart body, byte by byte as it is written here. */
export interface Part {
  readonly head: string
  readonly content: string | Uint8Array
}

export const boundary = 'XsluiceX'
export const formType = `multipart/form-data; boundary=${boundary}`

export const field = (name: string, value: string): Part => ({
  head: `Content-Disposition: form-data; name="${name}"`,
  content: value,
})

export const file = (content: string | Uint8Array, filename = 'a.png', name = 'image'): Part => ({
  head: `Content-Disposition: form-data; name="${name}"; filename="${filename}"\r\nContent-Type: image/png`,
  content,
})

export function multipartBody(parts: readonly Part[], end = '\r\n', preamble = ''): Uint8Array<ArrayBuffer> {
  const written = parts.flatMap(({ head, content }) => [
    Buffer.from(`--${boundary}\r\n${head}\r\n\r\n`),
    Buffer.from(content as Uint8Array),
    Buffer.from('\r\n'),
  ])
  return new Uint8Array(
    Buffer.concat([Buffer.from(preamble), ...written, Buffer.from(`--${boundary}--${end}`)]),
  )
}
