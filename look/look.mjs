/*
 * The look of everything that a person sees, in one style sheet that loads nothing: a page puts it into a file or a
 * style element. README.md has its rules. Pages say what they add in their own sheets, by these tokens alone.
 */

export const look = /* css */ `
:root {
  color-scheme: light dark;
  --paper: #faf9f5; --card: #fff; --ink: #1d2329; --soft: #59636c; --line: #e2dfd6; --grey: #b9bfc4;
  --water: #0b7285; --water-soft: #dff0f2; --on-water: #fff;
  --good: #2b7a4b; --bad: #b3372f; --bad-soft: #fbeae8; --note: #8a5800;
  --s1: .25rem; --s2: .5rem; --s3: .75rem; --s4: 1rem; --s6: 1.5rem; --s8: 2rem; --s12: 3rem;
  --t-small: .8125rem; --t: 1rem; --t-large: 1.25rem; --t-figure: 1.5rem;
  --round: 14px; --round-small: 8px;
  --mono: ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, monospace;
  font: var(--t)/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
  background: var(--paper); color: var(--ink); font-variant-numeric: tabular-nums;
  -webkit-text-size-adjust: 100%;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #12171b; --card: #1a2126; --ink: #e8ecee; --soft: #9aa6ae; --line: #2b353b; --grey: #56636b;
    --water: #4cc3d6; --water-soft: #16313a; --on-water: #06262c;
    --good: #6cc694; --bad: #f08a80; --bad-soft: #37201e; --note: #e0b15a;
  }
}

*, *::before, *::after { box-sizing: border-box; }
body, h1, h2, h3, p, dl, dd, ol, ul, figure, fieldset, legend { margin: 0; padding: 0; }
ol, ul { list-style: none; }
fieldset { border: 0; min-width: 0; }
img, svg { display: block; max-width: 100%; }
h1 { font-size: var(--t-large); line-height: 1.3; letter-spacing: -.01em; overflow-wrap: anywhere; }
h2, h3 { font-size: var(--t); line-height: 1.4; letter-spacing: -.005em; }
small, figcaption, .small { font-size: var(--t-small); }
small, figcaption, .soft { color: var(--soft); }
code, .hash { font-family: var(--mono); font-size: var(--t-small); overflow-wrap: anywhere; }
a { color: var(--water); text-decoration-thickness: 1px; text-underline-offset: 3px; }
table { border-collapse: collapse; width: 100%; font-size: var(--t-small); }
th, td { text-align: left; vertical-align: top; padding: var(--s2) var(--s3) var(--s2) 0; border-top: 1px solid var(--line); }
th { border-top: 0; color: var(--soft); font-weight: 400; }
[hidden] { display: none !important; }

/* Keyboard and screen reader first. */
:focus-visible { outline: 3px solid var(--water); outline-offset: 2px; border-radius: var(--round-small); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (prefers-reduced-motion: reduce) {
  *, *::before, *::after { animation: none !important; transition: none !important; scroll-behavior: auto !important; }
}

/* The page and its head. */
.page { max-width: 1180px; margin: 0 auto; padding: var(--s6) var(--s6) var(--s12); display: grid; gap: var(--s6); }
.page > * { min-width: 0; }
.head { display: flex; align-items: center; gap: var(--s4); }
.head > svg { width: 40px; height: 40px; flex: none; }
.head p { color: var(--soft); }
.head nav { margin-left: auto; display: flex; flex-wrap: wrap; gap: var(--s2) var(--s4); }

.card { background: var(--card); border: 1px solid var(--line); border-radius: var(--round); padding: var(--s4) var(--s6) var(--s6); min-width: 0; }
.card > h2 { margin-bottom: var(--s3); }

button, .button, select, input:is([type='text'], [type='email'], [type='password'], [type='search']), textarea {
  font: inherit; color: var(--ink); background: var(--card); border: 1px solid var(--line); border-radius: var(--round-small);
}
select, input, textarea { padding: var(--s1) var(--s2); max-width: 100%; }
textarea { display: block; width: 100%; }
button, .button { cursor: pointer; border-radius: 999px; padding: var(--s1) var(--s3); min-height: 2rem; text-decoration: none; }
:is(button, .button):hover { border-color: var(--water); }
:is(button, .button)[aria-pressed='true'], .primary { background: var(--water); border-color: var(--water); color: var(--on-water); }
:is(button, .button):disabled { cursor: default; opacity: .55; }
.hostile { border-color: color-mix(in srgb, var(--bad) 50%, var(--line)); }
input[type='range'], input[type='checkbox'], input[type='radio'], progress { accent-color: var(--water); }

/* <sluice-upload> of @sluice/client. */
sluice-upload {
  --sluice-accent: var(--water); --sluice-on-accent: var(--on-water); --sluice-tint: var(--water-soft);
  --sluice-ink: var(--ink); --sluice-soft: var(--soft); --sluice-line: var(--line); --sluice-card: var(--card);
  --sluice-good: var(--good); --sluice-bad: var(--bad); --sluice-bad-tint: var(--bad-soft); --sluice-radius: var(--round);
}

/* A few numbers, large: what it is above, what it is compared with below. */
.numbers { display: grid; grid-template-columns: repeat(4, 1fr); }
.numbers.card { padding: 0; }
.numbers > div { padding: var(--s3) var(--s4); border-left: 1px solid var(--line); min-width: 0; }
.numbers > div:first-child { border-left: 0; }
.numbers dt { font-size: var(--t-small); color: var(--soft); }
.numbers dd { font-size: var(--t-figure); line-height: 1.35; font-weight: 600; letter-spacing: -.01em; }
.numbers dd small { display: block; font-weight: 400; letter-spacing: 0; line-height: 1.5; }

/* Name and value, a line each. */
.facts { display: grid; grid-template-columns: minmax(5rem, 8rem) 1fr; gap: var(--s2) var(--s3); }
.facts dt { color: var(--soft); }
.facts dd { min-width: 0; overflow-wrap: anywhere; }

/* What was dropped, what is the same, what is worth a word. */
.gone { color: var(--soft); text-decoration: line-through; text-decoration-color: var(--bad); }
.same { color: var(--good); font-weight: 600; }
.other { color: var(--bad); font-weight: 600; }
.note { color: var(--note); }

/* A refusal: calm, with its code, one sentence and what it cost. */
.refused { background: linear-gradient(var(--bad-soft), var(--bad-soft)), var(--card);
  border-color: color-mix(in srgb, var(--bad) 40%, var(--line)); display: grid; gap: var(--s1); align-content: start; padding: var(--s4) var(--s6); }
.refused code { font-weight: 600; color: var(--bad); }
.refused small { color: var(--ink); opacity: .8; }

/* Bars from zero, sorted; each says its own number. */
.bars { display: grid; grid-template-columns: minmax(6rem, auto) 1fr; gap: var(--s2) var(--s3); align-items: center; }
.bars dt { overflow-wrap: anywhere; }
.bars dd { display: flex; gap: var(--s2); align-items: center; white-space: nowrap; }
.bars i { display: block; height: 14px; min-width: 2px; border-radius: 4px; background: var(--grey); flex: 0 1 auto; }
.bars .ours i { background: var(--water); }
.bars .yardstick i { background: var(--ink); }
.bars .refusal i { background: var(--bad); }

@media (max-width: 820px) {
  .page { padding: var(--s4); gap: var(--s4); }
  .card { padding: var(--s4); }
  .head nav { display: none; }
  .numbers { grid-template-columns: repeat(2, 1fr); }
  .numbers > div:nth-child(odd) { border-left: 0; }
  .numbers > div:nth-child(n + 3) { border-top: 1px solid var(--line); }
  .bars { grid-template-columns: 1fr; gap: var(--s1); }
  .bars dd { margin-bottom: var(--s2); }
}
`

/** @param {string} ground @param {string} lines */
const mark = (ground, lines) =>
  `<rect x="2" y="2" width="36" height="36" rx="10" fill="${ground}"/><path d="M10 9v22M20 9v13M30 9v22" ` +
  `stroke="${lines}" stroke-width="3.4" stroke-linecap="round"/><path d="M8 30c3-2.4 6-2.4 9 0s6 2.4 9 0 4-2 6-1" ` +
  `stroke="${lines}" stroke-width="2.4" fill="none" stroke-linecap="round" opacity=".85"/>`

export const logo = `<svg viewBox="0 0 40 40" aria-hidden="true">${mark('var(--water)', 'var(--on-water)')}</svg>`

export const icon = `data:image/svg+xml,${encodeURIComponent(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40">${mark('#0b7285', '#fff')}</svg>`,
)}`
