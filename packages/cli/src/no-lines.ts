/** A table without rules: what a person copies into a message. */
export const noLines = Object.fromEntries(
  ['top', 'bottom', 'left', 'mid', 'right'].flatMap(side =>
    ['', '-mid', '-left', '-right'].map(end => [side + end, '']),
  ),
)
