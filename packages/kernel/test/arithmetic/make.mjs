// node packages/kernel/test/arithmetic/make.mjs writes the samples beside it: the same coefficients in Huffman's coding and
// in arithmetic coding, by jpegtran of libjpeg-turbo (Debian's libjpeg-turbo-progs).
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { argv } from 'node:process'
import { fileURLToPath } from 'node:url'

export const ways = {
  huffman: ['-optimize'],
  sequential: ['-arithmetic'],
  progressive: ['-arithmetic', '-progressive'],
  restarts: ['-arithmetic', '-restart', '3B'],
}

/** @param {Uint8Array} ppm @returns {[name: string, file: Buffer][]} */
export function makeSamples(ppm) {
  const source = execFileSync('cjpeg', ['-quality', '85'], { input: ppm })
  return Object.entries(ways).map(([name, flags]) => [
    name,
    execFileSync('jpegtran', flags, { input: source }),
  ])
}

/** 83 x 61 pixels of everything: slopes, edges, noise. */
export function makePpm() {
  const [width, height] = [83, 61]
  const pixels = Buffer.alloc(3 * width * height)
  let noise = 1
  for (let at = 0; at < pixels.length; at++) {
    const [x, y] = [Math.floor(at / 3) % width, Math.floor(at / 3 / width)]
    noise = (Math.imul(noise, 1_103_515_245) + 12_345) >>> 0
    const value = (x >> 4) % 2 === (y >> 4) % 2 ? 120 : at % 3 === 0 ? 2 * x : 3 * y
    pixels[at] = value + (x > 40 ? noise >>> 26 : 0)
  }
  return Buffer.concat([Buffer.from(`P6\n${width} ${height}\n255\n`), pixels])
}

if (argv[1] === fileURLToPath(import.meta.url))
  for (const [name, file] of makeSamples(makePpm()))
    writeFileSync(new URL(`${name}.jpg`, import.meta.url), file)
