/** Files that both references accept and that do not come out as theirs, each with the reason. */
export const knownMisses: Readonly<Record<string, string>> = {}
