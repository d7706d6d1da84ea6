/** A profile that nobody could read: the image is shown without it. */
export class BrokenProfile extends Error {
  override readonly name = 'BrokenProfile'
}
