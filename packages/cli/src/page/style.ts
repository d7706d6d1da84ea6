/** One look for every page that a command writes: light and dark, from a phone to a wide screen, no script. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #faf9f5; --card: #fff; --ink: #1d2329; --soft: #5d6770; --line: #e2dfd6; --grey: #b9bfc4;
  --water: #0b7285; --bad: #b3372f; --bad-soft: #fbeae8; --note: #8a5800; --good: #2b7a4b;
  --mono: ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, monospace;
  font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
  background: var(--paper); color: var(--ink); font-variant-numeric: tabular-nums;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #12171b; --card: #1a2126; --ink: #e8ecee; --soft: #9aa6ae; --line: #2b353b; --grey: #56636b;
    --water: #4cc3d6; --bad: #f08a80; --bad-soft: #37201e; --note: #e0b15a; --good: #6cc694;
  }
}
* { box-sizing: border-box; }
body, h1, h2, p, dl, dd, ol, ul, figure { margin: 0; padding: 0; }
ol, ul { list-style: none; }
main { max-width: 1080px; margin: 0 auto; padding: 24px 24px 48px; display: grid; gap: 24px; }
header { display: flex; align-items: center; gap: 16px; }
header svg { width: 40px; height: 40px; flex: none; }
h1 { font-size: 1.25rem; letter-spacing: -.01em; overflow-wrap: anywhere; }
h2 { font-size: 1rem; margin-bottom: 12px; }
p, small, figcaption, .soft { color: var(--soft); }
small, figcaption { font-size: .8rem; }
code { font: 600 .9rem var(--mono); }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 16px 24px 24px; min-width: 0; }
.numbers { padding: 0; display: grid; grid-template-columns: repeat(4, 1fr); }
.numbers div { padding: 12px 16px; border-left: 1px solid var(--line); }
.numbers div:first-child { border-left: 0; }
.numbers dt { font-size: .8rem; color: var(--soft); }
.numbers dd { font-size: 1.5rem; font-weight: 600; letter-spacing: -.01em; }
.numbers small { display: block; font-weight: 400; letter-spacing: 0; }
.bars { display: grid; grid-template-columns: minmax(6rem, auto) 1fr; gap: 8px 12px; align-items: center; }
.bars dt { overflow-wrap: anywhere; }
.bars dd { display: flex; gap: 8px; align-items: center; white-space: nowrap; }
.bars i { display: block; height: 14px; min-width: 2px; border-radius: 4px; background: var(--grey); flex: 0 1 auto; }
.bars .ours i { background: var(--water); }
.bars .yardstick i { background: var(--ink); }
.bars .refusal i { background: var(--bad); }
.refused { background: linear-gradient(var(--bad-soft), var(--bad-soft)), var(--card); display: grid; gap: 4px; align-content: start; padding: 16px 24px;
  border-color: color-mix(in srgb, var(--bad) 40%, var(--line)); }
.refused code { color: var(--bad); }
.refused p { color: var(--ink); }
.names { font: .8rem/1.5 var(--mono); overflow-wrap: anywhere; color: var(--soft); }
.stack { display: grid; gap: 12px; }
.cards { display: grid; align-items: start; grid-template-columns: repeat(auto-fill, minmax(min(100%, 300px), 1fr)); gap: 12px; }
.whole { white-space: nowrap; }
.gone { text-decoration: line-through; text-decoration-color: var(--bad); }
.note { color: var(--note); }
.pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); gap: 16px; }
.pictures img { display: block; width: 100%; aspect-ratio: 4 / 3; object-fit: contain; background: var(--paper); border-radius: 8px; }
figcaption { overflow-wrap: anywhere; margin-top: 4px; }
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
.columns li:last-child span { direction: rtl; }
.columns em { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.calm { display: flex; gap: 12px; align-items: baseline; }
.calm b { color: var(--good); font-size: 1.25rem; }
.number { text-align: right; white-space: nowrap; }
@media (max-width: 820px) {
  main { padding: 16px; }
  .numbers { grid-template-columns: repeat(2, 1fr); }
  .numbers div:nth-child(3) { border-left: 0; }
  .numbers div:nth-child(n + 3) { border-top: 1px solid var(--line); }
  .bars { grid-template-columns: 1fr; gap: 4px; }
  .bars dd { margin-bottom: 8px; }
}
`
