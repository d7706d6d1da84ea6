// What a person should look at: places where pictures come out rotated, washed out, frozen, haloed, inverted or blocky.
// [where it is, what to look for]; files of the corpus by their name there, ours begin with fixtures/.
const sharp = 'lovell__sharp/test/fixtures'
const pillow = 'python-pillow__Pillow/Tests/images'
const suite = 'png/image-rs__image-png/tests/pngsuite'
const wide = 'jpeg/codelogic__wide-gamut-tests'

/** @type {Record<string, string[][]>} */
export const cases = {
  orientation: [
    ['fixtures/orientation/exif-1.jpg', 'the letter F upright, dot at the left'],
    ...[2, 3, 4, 5, 6, 7, 8].map(n => [
      `orientation/${sharp}/Landscape_${n}.jpg`,
      `Exif orientation ${n}: upright like its neighbours, no duller`,
    ]),
    [`orientation/${pillow}/hopper_orientation_6.webp`, 'orientation in a WebP'],
    ['png/image-rs__image-png/tests/bugfixes/F-exif-chunk-early.png', 'orientation in a PNG'],
  ],
  colour: [
    [`${wide}/P3-sRGB-color-ring.jpg`, 'Display P3: no duller than the input'],
    [`${wide}/R2020-P3-color-bars.jpg`, 'Rec. 2020: as the browser shows the input'],
    [`${wide}/rgb-to-gbr-test.jpg`, 'profile that exchanges channels: wrong colours mean it was ignored'],
    ['jpeg/link-u__avif-sample-images/red-at-12-oclock-with-color-profile.jpg', 'red must be at 12 o’clock'],
    ['jpeg/h2non__bimg/testdata/test_icc_prophoto.jpg', 'ProPhoto: grey-green without its profile'],
    [`jpeg/${pillow}/icc_profile_big.jpg`, 'LUT profile of half a megabyte'],
    [`jpeg/${sharp}/concert.jpg`, 'grey with a grey profile'],
    ['png/google__wuffs/test/data/red-blue-gradient.dcip3d65-no-chrm-no-gama.png', 'P3 in a PNG gradient'],
    ['png/pnggroup__libpng/contrib/testpngs/png-3/cicp-display-p3_reencoded.png', 'P3 by cICP alone'],
    ['webp/image-size__image-size/specs/images/valid/webp/extended.webp', 'profile in a WebP'],
    ['jpeg/image-rs__jpeg-decoder/tests/reftest/images/ycck.jpg', 'YCCK with a profile'],
    [
      `jpeg/${sharp}/Channel_digital_image_CMYK_color_no_profile.jpg`,
      'CMYK without a profile, Adobe inverted',
    ],
    ['jpeg/image-rs__jpeg-decoder/tests/reftest/images/rgb.jpg', 'JPEG of RGB, no YCbCr'],
  ],
  depth: [
    [`${suite}/basn2c16.png`, '16 bits of RGB'],
    [`${suite}/basi6a16.png`, '16 bits with alpha, interlaced'],
    [`${suite}/tbbn2c16.png`, '16 bits with a transparent colour'],
    [`${suite}/tm3n3p02.png`, 'palette with four alphas'],
    [`${suite}/tbwn3p08.png`, 'palette with a transparent entry'],
    ['png/libjpeg-turbo__libjpeg-turbo/testimages/monkey16.png', 'photograph of 16 bits'],
    ['fixtures/png/interlaced.png', 'Adam7'],
    ['fixtures/png/grey-1-bit.png', 'one bit'],
  ],
  transparency: [
    ['webp/nodeca__probe-image-size/test/fixtures/webp-vp8x.webp', 'logo: no halo on dark or light'],
    [`png/${sharp}/alpha-premultiply-2048x1536-paper.png`, 'shrunk with alpha: no dark seam'],
    [`png/${sharp}/blackbug.png`, 'soft shadow'],
    ['webp/image-rs__image-webp/tests/images/gallery2/3_webp_a.webp', 'soft edges, no seam'],
    ['webp/image-rs__image-webp/tests/images/gallery2/5_webp_ll.webp', 'soft edges, lossless input'],
    [`gif/${pillow}/transparent.gif`, 'still GIF with transparency'],
  ],
  animation: [
    [`gif/${pillow}/dispose_bgnd.gif`, 'disposal to background'],
    [`gif/${pillow}/dispose_prev.gif`, 'disposal to previous'],
    ['gif/image-rs__image/tests/images/gif/anim/any-disposal.gif', 'all disposals in turn'],
    [`gif/${pillow}/different_transparency.gif`, 'each frame has its own transparent colour'],
    ['gif/GNOME__gdk-pixbuf/tests/aero.gif', 'frames that are differences'],
    [`gif/${sharp}/rotating-squares.gif`, 'shapes on nothing'],
    [`gif/${pillow}/chi.gif`, 'photographic frames'],
    ['png/w3c__png/img/APNG-cube.png', 'APNG of 100 frames'],
    [`png/${pillow}/apng/dispose_op_previous_region.png`, 'APNG that restores a region'],
    [`webp/${sharp}/animated-loop-3.webp`, 'animated WebP, three loops'],
    ['webp/image-rs__image-webp/tests/images/animated/random_lossy.webp', 'animated WebP, lossy'],
  ],
  photograph: [
    ['fixtures/photos/valley.jpg', 'made scene, shrunk'],
    ['jpeg/h2non__bimg/testdata/test_exif_full.jpg', 'phone, 12 megapixels, turned'],
    [`jpeg/${sharp}/2569067123_aca715a2ee_o.jpg`, 'much fine texture'],
    ['jpeg/link-u__avif-sample-images/kimono.jpg', 'fabric, progressive'],
    ['png/image-rs__image-png/tests/benches/kodim23.png', 'saturated reds'],
    [
      'jpeg/google__wuffs/test/data/peacock.progressive.scan000.jpeg',
      'one scan of ten: smooth, not in blocks',
    ],
    [`jpeg/${sharp}/gain-map.jpg`, 'Ultra HDR: the base picture'],
  ],
  graphic: [
    ['png/image-rs__image-png/tests/benches/lorem_ipsum_screenshot.png', 'text: no smear around letters'],
    [`png/${sharp}/gradients-rgb8.png`, 'gradients: no bands'],
    [`png/${pillow}/test-card.png`, 'test card: saturated edges'],
  ],
  shape: [
    ['fixtures/odd/one-pixel.png', 'one pixel'],
    ['fixtures/odd/narrow.png', 'very narrow'],
  ],
}

/** Shown where the corpus is absent, beside the fixtures above. @type {Record<string, string[][]>} */
export const standIns = {
  orientation: [2, 3, 4, 5, 6, 7, 8].map(n => [
    `fixtures/orientation/exif-${n}.jpg`,
    `Exif orientation ${n}`,
  ]),
  depth: ['rgb-16-bit', 'grey-16-bit', 'rgb-transparent-colour', 'palette'].map(name => [
    `fixtures/png/${name}.png`,
    name.replaceAll('-', ' '),
  ]),
  transparency: [
    ['fixtures/webp/lossless-alpha.webp', 'lossless with alpha'],
    ['fixtures/gif/transparent.gif', 'still GIF with transparency'],
  ],
  animation: [['fixtures/gif/animated.gif', 'animated GIF']],
  photograph: [
    ['fixtures/photos/panorama.jpg', 'very wide, progressive'],
    ['fixtures/photos/phone-portrait.jpg', 'phone held upright'],
  ],
}
