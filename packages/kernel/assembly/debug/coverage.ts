// Which functions of the debug module were entered. build.mjs puts a call to enter() at the head of each.

const MOST: i32 = 1024
const ENTERED: usize = DEBUG ? memory.data(MOST) : 0

export function enter(number: i32): void {
  if (number < MOST) store<u8>(ENTERED + <usize>number, 1)
}

/** 1 when the function with this number was entered. */
export function entered(number: i32): i32 {
  return number < MOST ? load<u8>(ENTERED + <usize>number) : 0
}
