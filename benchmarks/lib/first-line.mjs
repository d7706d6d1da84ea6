/** What went wrong, short enough for a table. @param {unknown} error */
export function firstLine(error) {
  const message = error instanceof Error ? error.message : String(error)
  return (message.split('\n')[0] ?? '').slice(0, 120)
}
