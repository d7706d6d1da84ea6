/**
 * Device names of Windows: opening `nul.txt` there opens the device (learn.microsoft.com, "Naming Files").
 */
const deviceName = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i

/**
 * A client's file name as something that can be shown, logged and sent in a header: letters, digits, `_`, `.`
 * and `-` of ASCII, or nothing at all. It is never a path, so that path traversal (`../../x`) has nothing to
 * traverse: what is stored gets a name of our own. Follows Werkzeug's `secure_filename`: Unicode is taken
 * apart (NFKD) and what is not ASCII then is dropped, separators (also `\`) and white space become `_`. Names
 * of Windows devices get a `_` in front everywhere.
 */
export function secureFilename(name: string): string {
  const ascii = name.normalize('NFKD').replace(/\P{ASCII}/gu, '')
  const words = ascii.split(/[/\\\s]/).filter(word => word !== '')
  const cleaned = trimDots(words.join('_').replace(/[^A-Za-z0-9_.-]/g, ''))
  return deviceName.test(cleaned) ? `_${cleaned}` : cleaned
}

/** A regular expression for the end of a text would try every dot in it. */
function trimDots(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isDot(text.charAt(start))) start++
  while (end > start && isDot(text.charAt(end - 1))) end--
  return text.slice(start, end)
}

function isDot(character: string): boolean {
  return character === '.' || character === '_'
}

/**
 * The extension of a name after cleaning: lower case, without the dot; undefined where there is none.
 * A name of which nothing but the extension survives (`照片.jpg`) has one.
 */
export function extensionOf(name: string): string | undefined {
  const cleaned = secureFilename(`x${name}`)
  const dot = cleaned.lastIndexOf('.')
  return dot < 0 ? undefined : cleaned.slice(dot + 1).toLowerCase()
}

/**
 * What a client calls a file of which it knows no name: browsers send a Blob without one as `blob` (HTML,
 * "create an entry"), whatever is in it. It says as little as no name at all.
 */
export function isNoName(name: string | undefined): name is undefined {
  return name === undefined || name === 'blob'
}

/** Longest name that is shown, in characters: people see more of it on their own screen. */
const shownLength = 100

/** A client's file name for a person or a log, cleaned and cut; undefined where nothing of it can be shown. */
export function shownName(name: string | undefined): string | undefined {
  return isNoName(name) ? undefined : secureFilename(name.slice(0, 4096)).slice(-shownLength) || undefined
}

/**
 * A name in every way in which some program may read it: as sent, percent-decoded (once), and of both what
 * stands before the first NUL. An extension is allowed where it is allowed in all of them (`a.php%00.jpg` is
 * not).
 */
export function readingsOf(name: string): readonly string[] {
  const decoded = name.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  return [...new Set([name, decoded].flatMap(reading => [reading, beforeNul(reading)]))]
}

function beforeNul(name: string): string {
  const nul = name.indexOf('\0')
  return nul < 0 ? name : name.slice(0, nul)
}
