/** Files that both references accept and that do not come out as theirs, each with the reason. */
export const knownMisses: Readonly<Record<string, string>> = {
  'hostile/google__AFL/docs/vuln_samples/firefox-gif-leak2.gif':
    'The frame is smaller than the screen: transparent beside it, as in browsers; the references fill it in.',
  'jpeg/libjpeg-turbo__libjpeg-turbo/testimages/testimgari.jpg':
    'Arithmetic coding, which no camera writes: refused by its own code.',
  'png/pnggroup__libpng/contrib/testpngs/png-3/cicp-display-p3_reencoded.png':
    'Display P3 by its cICP chunk: converted to sRGB, as in browsers; the references ignore the chunk.',
}
