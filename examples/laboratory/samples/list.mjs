/*
 * The files that the laboratory brings along: good ones, awkward ones that sites refuse and browsers draw, and hostile
 * ones. `from` is a fixture; where there is none the file is in files/, made by make.mjs.
 */

/** @typedef {'good' | 'awkward' | 'hostile'} Group */
/** @typedef {{ id: string, name: string, title: string, group: Group, from: string | undefined }} Sample */

/** @param {Group} group @param {readonly (readonly [id: string, name: string, title: string, from?: string])[]} rows @returns {Sample[]} */
const rows = (group, rows) => rows.map(([id, name, title, from]) => ({ id, name, title, group, from }))

/** The first of each row are offered first. @type {readonly Sample[]} */
export const samples = [
  ...rows('good', [
    ['photo', 'IMG_2043.jpg', 'phone photo'],
    ['screenshot', 'screenshot.png', 'screenshot'],
    ['animation', 'sluice.gif', 'animation'],
    ['portrait', 'IMG_2044.jpg', 'upright photo'],
    ['grey', 'grey.jpg', 'grey JPEG', 'photos/grey.jpg'],
    ['lossy-webp', 'scene.webp', 'WebP', 'webp/lossy.webp'],
    ['alpha-webp', 'badge.webp', 'WebP with alpha', 'webp/lossless-alpha.webp'],
    ['palette', 'palette.png', 'PNG of 16 colours', 'png/palette.png'],
    ['interlaced', 'interlaced.png', 'interlaced PNG', 'png/interlaced.png'],
    ['deep', 'deep.png', 'PNG at 16 bits', 'png/rgb-16-bit.png'],
    ['clear-gif', 'clear.gif', 'GIF with holes', 'gif/transparent.gif'],
  ]),
  ...rows('awkward', [
    ['turned', 'turned.jpg', 'lies on its side', 'orientation/exif-6.jpg'],
    ['mirrored', 'mirrored.jpg', 'mirrored', 'orientation/exif-5.jpg'],
    ['turned-webp', 'turned.webp', 'turned WebP', 'orientation/exif-8.webp'],
    ['endless', 'no-end.jpg', 'end marker missing'],
    ['narrow', 'narrow.png', '4,000 x 1', 'odd/narrow.png'],
    ['pixel', 'pixel.png', 'one pixel', 'odd/one-pixel.png'],
    ['one-bit', 'one-bit.png', 'black or white', 'png/grey-1-bit.png'],
    ['key-colour', 'key-colour.png', 'one colour is clear', 'png/rgb-transparent-colour.png'],
    ['called-png', 'photo.png', 'JPEG called PNG', 'bad/jpeg-inside.png'],
    ['nameless', 'picture', 'no extension', 'bad/no-extension'],
    ['cut-jpeg', 'cut.jpg', 'half a JPEG', 'bad/cut.jpg'],
    ['cut-png', 'cut.png', 'PNG without its end', 'bad/cut.png'],
    ['cut-webp', 'cut.webp', 'half a WebP', 'bad/cut.webp'],
    ['empty', 'empty.png', 'no bytes at all', 'bad/empty.png'],
  ]),
  ...rows('hostile', [
    ['bomb', 'bomb.png', 'PNG bomb', 'bad/bomb-10000x10000.png'],
    ['script', 'holiday.jpg', 'script in a JPEG', 'odd/polyglot.jpg'],
    ['archive-behind', 'invoice.jpg', 'archive behind a photo'],
    ['php', 'avatar.jpg', 'PHP in a comment'],
    ['scans', 'scans.jpg', 'JPEG of 101 scans', 'bad/bomb-101-scans.jpg'],
    ['frames', 'frames.gif', 'GIF of 301 frames', 'bad/bomb-301-frames.gif'],
    ['loop', 'loop.gif', 'GIF that loops its reader'],
    ['tiny-webp', 'tiny.webp', '268 megapixels in 30 bytes'],
    ['huge-jpeg', 'huge.jpg', '400 megapixels in 152 bytes', 'bad/bomb-20000x20000.jpg'],
    ['orientation', 'exif.jpg', 'EXIF of 4 GiB'],
    ['text', 'text.png', 'text of 8 MiB'],
    ['checksum', 'checksum.png', 'wrong checksum', 'bad/wrong-crc.png'],
    ['svg', 'drawing.png', 'SVG called PNG', 'bad/drawing.png'],
    ['page', 'page.gif', 'web page called GIF', 'bad/page.gif'],
    ['php-name', 'photo.jpg.php', 'photo called a script', 'bad/photo.jpg.php'],
  ]),
]

/** @param {{ name: string, from: string | undefined }} sample @returns {URL} where its bytes are */
export function placeOf({ from, name }) {
  return new URL(from ? `../../../fixtures/files/${from}` : `files/${name}`, import.meta.url)
}
