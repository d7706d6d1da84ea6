import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findCases } from '@sluice/testkit/find-corpus'
import { expect, test } from 'vitest'

/*
 * Every row of the reported kinds has a test that says its right value, and one of its generated neighbours.
 */

/** By how the row begins: the tests of its files (`pictures.json` holds most), and of its neighbours. */
const rows: Readonly<Record<string, readonly (readonly [file: string, words: string])[]>> = {
  'A colour profile for another colour model': [
    ['pictures.json', 'j_RGB_with_greyprofile.jpg'],
    ['pictures.json', 'p_RGB_with_greyprofile.png'],
    ['pictures.json', 'w_greyprofile.webp'],
    ['profiles.test.ts', 'a grey profile is for grey pictures'],
  ],
  'CMYK JPEG without Adobe marker': [
    ['pictures.json', 'c_noadobe.jpg'],
    ['../../testkit/images/neighbours.mjs', 'CMYK without the marker of Adobe'],
  ],
  'JPEG whose EOI is missing': [
    ['pictures.json', 'samsung_noeoi_sef_only.jpg'],
    ['pictures.json', 'samsung_noeoi_mp4_rand.jpg'],
    ['pictures.json', 'zeros_instead_eoi.jpg'],
    ['neighbours.test.ts', '%s in place of EOI'],
    ['neighbours.test.ts', 'a file that ends with its data, or in it, was cut off'],
  ],
  'Motion-JPEG frames without DHT': [
    ['pictures.json', 'mjpeg_no_dht.jpg'],
    ['neighbours.test.ts', 'JPEG %s without Huffman tables'],
  ],
  'Component ids that are equal': [
    ['pictures.json', 'ids_dup_0_0_0.jpg'],
    ['neighbours.test.ts', 'components of one name'],
  ],
  'Over 1 MiB of metadata': [
    ['pictures.json', 'pixel_portrait_extxmp_1100k.jpg'],
    ['neighbours.test.ts', 'metadata that are passed over are not limited, those that are parsed are'],
  ],
  'Animated WebP of one frame': [
    ['pictures.json', 'w_single.webp'],
    ['pictures.json', 'w_single_lossy.webp'],
    ['neighbours.test.ts', 'one frame is a still'],
  ],
  'VP8X flags': [
    ['pictures.json', 'webp_l_noflag.webp'],
    ['neighbours.test.ts', "['metadata-unannounced']"],
  ],
  'GIF without trailer': [
    ['pictures.json', 'no_trailer.gif'],
    ['pictures.json', 'notrailer_zero_page.gif'],
    ['pictures.json', 'nul_before_trailer.gif'],
    ['neighbours.test.ts', 'anything in place of the trailer'],
  ],
  'GIF screen 0x0': [
    ['pictures.json', 'zero_canvas.gif'],
    ['pictures.json', 'zero_frame_mid.gif'],
    ['neighbours.test.ts', 'GIF: a screen without a size, empty frames'],
  ],
  'PNG without IEND': [
    ['pictures.json', 'no_iend.png'],
    ['neighbours.test.ts', 'anything in place of IEND'],
  ],
  'Ancillary PNG chunks with a bad CRC': [
    ['pictures.json', 'z_actl_badcrc_real.png'],
    ['pictures.json', 'png_cicp_badcrc_p3.png'],
    ['pictures.json', 'png_exif_badcrc.png'],
    ['neighbours.test.ts', 'ancillary chunks with a wrong checksum'],
  ],
  'APNG that promises more frames': [
    ['pictures.json', 'a_count_more.png'],
    ['neighbours.test.ts', 'an animated PNG that promises more frames than it has'],
  ],
  'Screenshots and pixel art': [
    ['screenshots.test.ts', 'code_dark_1x.png'],
    ['screenshots.test.ts', 'doc_light_1x.png'],
    ['screenshots.test.ts', 'pixelart_400c.png'],
  ],
  'AVIF without `pixi`': [['avif.test.ts', 'an AVIF %s without pixi']],
  'AVIF grid whose `dimg` order': [['avif.test.ts', 'an AVIF of tiles, %s']],
  'Entropy data of a JPEG short by': [['neighbours.test.ts', 'one to four bytes short']],
  'CMYK blacks lifted': [['inks.test.ts', 'fogra27_inks.jpg']],
  'CMYK converted after resizing': [['inks.test.ts', 'is reduced as its colours are']],
  'EXIF orientation with count 2': [['neighbours.test.ts', 'EXIF of two orientations']],
}

const read = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8')

test('the tests that rows name are there', () => {
  const missing = Object.entries(rows).flatMap(([row, tests]) =>
    tests.filter(([file, words]) => !read(file).includes(words)).map(([, words]) => `${row}: ${words}`),
  )
  expect(missing).toEqual([])
})

const cases = findCases()

test.runIf(cases !== undefined)('every row, and every file in it, has its tests', () => {
  const table = readFileSync(join(cases ?? '', 'pictures.md'), 'utf8')
    .split('\n')
    .filter(line => /^\| (?!kind|---)/.test(line))
  expect(table.length).toBe(20)
  for (const line of table) {
    const tests = Object.entries(rows).filter(([begin]) => line.startsWith(`| ${begin}`))
    expect(tests.length, line).toBe(1)
    const named = tests.flatMap(([, all]) => all.map(([, words]) => words))
    for (const [, file = ''] of line.matchAll(/`(\w+\.(?:jpg|png|gif|webp))`/g)) expect(named).toContain(file)
  }
})
