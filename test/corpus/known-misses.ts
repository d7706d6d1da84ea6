/** Files that both references accept and that do not come out as theirs, each with the reason. */
export const knownMisses: Readonly<Record<string, string>> = {
  'hostile/google__AFL/docs/vuln_samples/firefox-gif-leak2.gif':
    'The frame is smaller than the screen: transparent beside it, as in browsers; the references fill it in.',
  'png/pnggroup__libpng/contrib/testpngs/png-3/cicp-display-p3_reencoded.png':
    'Display P3 by its cICP chunk: converted to sRGB, as in browsers; the references ignore the chunk.',
}

/** What `jsquashRenderer()` makes of the corpus otherwise than the references, each with the reason. */
export const jsquashMisses: Readonly<Record<string, string>> = {
  'hostile/image-rs__jpeg-decoder/fuzz-afl/in/id_001696,src_001527,op_arith8,pos_296,val_-17.jpg':
    'Drawn: mozjpeg warns of filler before a marker alone, which the standard allows.',
  'hostile/image-rs__jpeg-decoder/fuzz-afl/in/id_003141,sync_jpeg_turbo,src_001694.jpg':
    'Drawn: mozjpeg warns of filler before a marker alone, which the standard allows.',
  'hostile/image-rs__jpeg-decoder/fuzz-afl/in/id_004851,sync_jpeg_turbo,src_003589.jpg':
    'Drawn: mozjpeg warns of filler before a marker alone, which the standard allows.',
  'hostile/image-rs__jpeg-decoder/tests/crashtest/images/imagetestsuite/8a9cc8eeed66aeb423a91c44111d9450.jpg':
    'Two frame headers, which mozjpeg refuses.',
  'hostile/image-rs__jpeg-decoder/tests/crashtest/images/imagetestsuite/a7326ba8f3f4559991126474dd30083d.jpg':
    'Drawn: mozjpeg warns of filler before a marker alone, which the standard allows.',
  'hostile/pnggroup__libpng/contrib/testpngs/crashers/badadler.png':
    'Drawn: the png crate does not look at the Adler-32 of the pixels.',
  'jpeg/google__wuffs/test/data/peacock.progressive.scan000.jpeg':
    'An incomplete progressive JPEG: mozjpeg estimates the missing coefficients otherwise.',
  'jpeg/google__wuffs/test/data/peacock.progressive.scan001.jpeg':
    'An incomplete progressive JPEG: mozjpeg estimates the missing coefficients otherwise.',
  'jpeg/libjpeg-turbo__libjpeg-turbo/testimages/testimgari.jpg':
    'Arithmetic coding, which mozjpeg is built without: refused by its own code.',
  'png/pnggroup__libpng/contrib/testpngs/png-3/cicp-display-p3_reencoded.png':
    'Display P3 by its cICP chunk: converted to sRGB, as in browsers; the references ignore the chunk.',
  'png/python-pillow__Pillow/Tests/images/1_trns.png':
    'The png crate ignores the transparent shade of a grey picture of one bit.',
}
