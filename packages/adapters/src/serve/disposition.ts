import { create } from 'content-disposition'

/** In characters; file systems take 255 bytes. */
const longest = 80

/**
 * Content-Disposition of a file that is to be saved (RFC 6266, RFC 8187). Whatever was in the name, it is that
 * of an image of this format and of no other kind of file, and none of a folder.
 * @param name given by the application, often as somebody uploaded it
 */
export function attachment(name: string, extension: string): string {
  const [last = ''] = name.split(/[/\\]/).slice(-1)
  // Also no character that hides or reverses others: `photo\u202egpj.exe` shows as photoexe.jpg.
  const shown = last.replace(/\p{C}/gu, '').replace(/\.[^.]*$/, '')
  const stem = [...shown].slice(0, longest).join('').trim()
  return create(`${stem || 'image'}.${extension}`)
}
