// The symbols of an image, written (RFC 9649, section 5).
import { charge } from '../../../kernel/assembly/fuel'
import { choices } from './buffers'
import { writeBits } from './codes/bit-writer'
import { writeSymbol } from './codes/prefix-code'
import { extraBits, firstValue, prefixSymbol } from './codes/values'
import { cacheBits, openCache, placeAllInCache, placeInCache } from './colour-cache'
import { codeOfDistance } from './copies/distances'
import {
  CACHE_AT, CHANNEL, LENGTHS_AT, distancesAt, groupAt, image, imageSize, imageWidth, redAt,
} from './symbols'

/** The symbols of the choices, in the codes of their groups. */
export function writeData(codes: usize, stride: usize): void {
  charge(imageSize)
  if (cacheBits) openCache(cacheBits)
  let x = 0, y = 0
  for (let i = 0; i < imageSize;) {
    const code = codes + groupAt(x, y) * stride, choice = load<u32>(choices + (<usize>i << 2))
    let length = 1
    if (choice) {
      length = choice & 4095
      writeValue(code + (LENGTHS_AT << 2), length)
      writeValue(code + (<usize>distancesAt << 2), codeOfDistance(choice >> 12, imageWidth))
      if (cacheBits) placeAllInCache(image + (<usize>i << 2), length)
    } else writePixel(code, load<u32>(image + (<usize>i << 2)))
    i += length
    x += length
    while (x >= imageWidth) { x -= imageWidth; y++ }
  }
}

@inline function writePixel(code: usize, pixel: u32): void {
  const place = cacheBits ? placeInCache(pixel) : -1
  if (place >= 0) return writeSymbol(code, CACHE_AT + place)
  writeSymbol(code, pixel >> 8 & 255)
  writeSymbol(code, redAt + (pixel >> 16 & 255))
  writeSymbol(code, redAt + CHANNEL + (pixel & 255))
  writeSymbol(code, redAt + 2 * CHANNEL + (pixel >> 24))
}

@inline function writeValue(code: usize, value: i32): void {
  const symbol = prefixSymbol(value)
  writeSymbol(code, symbol)
  writeBits(value - firstValue(symbol), extraBits(symbol))
}
