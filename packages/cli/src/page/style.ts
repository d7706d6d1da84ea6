import { look } from '@sluice/look'

/** What the pages that a command writes have beside the common look: lists of names, of refusals, of pictures. */
export const style = `${look}
.names { font: var(--t-small)/1.5 var(--mono); overflow-wrap: anywhere; color: var(--soft); }
.stack { display: grid; gap: var(--s3); }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 300px), 1fr)); align-items: start; gap: var(--s3); }
.whole { white-space: nowrap; }
.card > p, .card > small { color: var(--soft); }
.refused > p { color: var(--ink); }
.pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); gap: var(--s4); }
.pictures img { width: 100%; aspect-ratio: 4 / 3; object-fit: contain; background: var(--paper); border-radius: var(--round-small); }
figcaption { overflow-wrap: anywhere; margin-top: var(--s1); }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: 8px 12px 8px 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
th { border: 0; color: var(--soft); font-weight: 400; font-size: .8rem; }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 300px), 1fr)); gap: 24px; }
.plot figcaption { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 12px; margin: 0 0 8px; }
.plot b { color: var(--ink); font-size: .9rem; }
.columns { display: flex; gap: 2px; align-items: stretch; }
.columns li { flex: 1 1 0; min-width: 0; position: relative; }
.columns div { height: 120px; display: flex; align-items: flex-end; border-bottom: 1px solid var(--line); }
.columns i { display: block; width: 100%; min-height: 1px; border-radius: 3px 3px 0 0; background: var(--water); }
.columns span { display: block; height: 1.5em; font-size: .7rem; color: var(--soft); white-space: nowrap; margin-top: 4px; }
.columns em { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.calm { display: flex; gap: 12px; align-items: baseline; }
.calm b { color: var(--good); font-size: 1.25rem; }
.number { text-align: right; white-space: nowrap; }
`
