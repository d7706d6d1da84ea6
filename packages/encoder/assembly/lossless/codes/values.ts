// Lengths and distances as a prefix symbol and extra bits (RFC 9649, section 5.2.2).

@inline export function prefixSymbol(value: i32): i32 {
  if (value <= 4) return value - 1
  const v = value - 1, high = 31 - clz(v)
  return 2 * high + (v >> (high - 1) & 1)
}

@inline export function extraBits(symbol: i32): i32 {
  return symbol < 4 ? 0 : (symbol - 2) >> 1
}

/** The smallest value of a symbol. */
@inline export function firstValue(symbol: i32): i32 {
  return symbol < 4 ? symbol + 1 : ((2 + (symbol & 1)) << extraBits(symbol)) + 1
}
