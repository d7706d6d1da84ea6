import { look } from '@sluice/look'

/** What the pages that a command writes have beside the common look: lists of names, of refusals, of pictures. */
export const style = `${look}
.names { font: var(--t-small)/1.5 var(--mono); overflow-wrap: anywhere; color: var(--soft); }
.stack { display: grid; gap: var(--s3); }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 300px), 1fr)); gap: var(--s3); }
.whole { white-space: nowrap; }
.card > p, .card > small { color: var(--soft); }
.refused > p { color: var(--ink); }
.pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); gap: var(--s4); }
.pictures img { width: 100%; aspect-ratio: 4 / 3; object-fit: contain; background: var(--paper); border-radius: var(--round-small); }
figcaption { overflow-wrap: anywhere; margin-top: var(--s1); }
`
