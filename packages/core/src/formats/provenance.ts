import type { ByteReader } from '../input/bytes.js'

/** What a file says of its own making, which is dropped with everything else beside the picture. */
export interface Provenance {
  /** A manifest of C2PA ("content credentials"), signed by who made or changed the picture. */
  readonly contentCredentials: boolean
  /** Of IPTC in XMP, such as `trainedAlgorithmicMedia`; `unknown` where it is none of IPTC's codes. */
  readonly digitalSourceType?: string | undefined
}

/** Of an XMP packet that is looked through. Editors write a few thousand. */
const maxXmpBytes = 65_536
const property = 'DigitalSourceType'
/** IPTC NewsCodes: `http://cv.iptc.org/newscodes/digitalsourcetype/…`. */
const newsCode = /\/digitalsourcetype\/([a-zA-Z]{1,40})/

/** Collects what a header reader comes upon. Nothing is verified: it is only told that it was there. */
export class ProvenanceFinder {
  #manifest = false
  #sourceType: string | undefined

  manifest(): void {
    this.#manifest = true
  }

  /** Takes an XMP packet, in UTF-8. */
  xmp(packet: ByteReader): void {
    const bytes = packet.bytes(Math.min(packet.left, maxXmpBytes))
    const text = new TextDecoder('latin1').decode(bytes)
    if (text.includes(property)) this.#sourceType ??= newsCode.exec(text)?.[1] ?? 'unknown'
  }

  found(): Provenance | undefined {
    if (!this.#manifest && this.#sourceType === undefined) return undefined
    return { contentCredentials: this.#manifest, digitalSourceType: this.#sourceType }
  }
}
