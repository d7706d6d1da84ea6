/**
 * Version of the codecs of this package: raised by the test beside it whenever the same image may become other bytes.
 * Part of the names of files that are named by their upload, and of their records.
 */
export const codecVersion = 1
