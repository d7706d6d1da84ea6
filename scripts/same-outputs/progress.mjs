/**
 * Tells on standard error how far it is: on a terminal in one line that changes, elsewhere a line each fifth.
 * @param {string} title
 * @param {number} total
 * @returns {() => void} to be called after each
 */
export function showProgress(title, total) {
  const { stderr } = process
  let done = 0
  return () => {
    done++
    const text = `- ${title}: ${done} of ${total}`
    if (stderr.isTTY) stderr.write(`\r${text}${done === total ? '\n' : ''}`)
    else if (Math.floor((done * 5) / total) > Math.floor(((done - 1) * 5) / total)) stderr.write(`${text}\n`)
  }
}
