/** Files that both references accept and that do not come out as theirs, each with the reason. */
export const knownMisses: Readonly<Record<string, string>> = {
  'hostile/google__AFL/docs/vuln_samples/firefox-gif-leak2.gif':
    'The frame is smaller than the screen: transparent beside it, as in browsers; the reference fills in black.',
  'hostile/image-rs__jpeg-decoder/tests/crashtest/images/imagetestsuite/8a9cc8eeed66aeb423a91c44111d9450.jpg':
    'Ends in the middle of a segment after the picture: refused as truncated.',
  'jpeg/google__wuffs/test/data/peacock.progressive.scan000.jpeg':
    'A progressive JPEG of which only the first scan is there: drawn in flat blocks, which the references smooth.',
  'jpeg/google__wuffs/test/data/peacock.progressive.scan001.jpeg': 'The same, with two scans.',
  'jpeg/google__wuffs/test/data/peacock.progressive.scan002.jpeg': 'The same, with three scans.',
  'jpeg/libjpeg-turbo__libjpeg-turbo/testimages/testimgari.jpg':
    'Arithmetic coding, which no camera writes: refused by its own code.',
  'png/pnggroup__libpng/contrib/testpngs/png-3/cicp-display-p3_reencoded.png':
    'Display P3 by its cICP chunk: converted to sRGB, as in browsers; the references ignore the chunk.',
  'png/pngjs__pngjs/test/png-parse-data/with_bad_type.png': 'A chunk type that is no four letters: refused.',
}
