/** Outcomes of a step. Anything but OK ends the job: the caller encodes the picture by other means. */
export const OK: i32 = 0
/** Width or height outside 1 to 16383, the range of the 14-bit fields of RFC 6386, section 9.1. */
export const BAD_SIZE: i32 = 1
/** memory.grow was refused. */
export const OUT_OF_MEMORY: i32 = 2
/** The first partition does not fit the 19 bits of its size (section 9.1). */
export const FIRST_PARTITION_FULL: i32 = 3
/** More pixels than the lossless coder takes. */
export const TOO_MANY_PIXELS: i32 = 4
