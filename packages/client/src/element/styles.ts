/**
 * Of the element alone. A page sets the custom properties on the element or above it, and reaches what else
 * it wants to by `::part()`. Its own begin with an underscore, for a page may say `--sluice-ink: var(--ink)`.
 * Constructed, not written into the page: a strict `style-src` lets it be (CSSOM, 6.1.1).
 */
const css = `
:host {
  --_accent: var(--sluice-accent, #0b7285);
  --_on-accent: var(--sluice-on-accent, #fff);
  --_ink: var(--sluice-ink, #1d2329);
  --_soft: var(--sluice-soft, #5d6770);
  --_line: var(--sluice-line, #e2dfd6);
  --_card: var(--sluice-card, #fff);
  --_tint: var(--sluice-tint, #e9f4f6);
  --_good: var(--sluice-good, #2b7a4b);
  --_bad: var(--sluice-bad, #b3372f);
  --_bad-tint: var(--sluice-bad-tint, #fbeae8);
  --_round: var(--sluice-radius, 14px);
  display: block;
  color: var(--_ink);
  font-variant-numeric: tabular-nums;
}
@media (prefers-color-scheme: dark) {
  :host {
    --_accent: var(--sluice-accent, #4cc3d6);
    --_on-accent: var(--sluice-on-accent, #06262c);
    --_ink: var(--sluice-ink, #e8ecee);
    --_soft: var(--sluice-soft, #9aa6ae);
    --_line: var(--sluice-line, #2b353b);
    --_card: var(--sluice-card, #1a2126);
    --_tint: var(--sluice-tint, #17343b);
    --_good: var(--sluice-good, #6cc694);
    --_bad: var(--sluice-bad, #f08a80);
    --_bad-tint: var(--sluice-bad-tint, #37201e);
  }
}
:host([hidden]), [hidden] { display: none !important; }
* { box-sizing: border-box; }
.drop {
  display: flex; flex-wrap: wrap; align-items: center; gap: 8px 16px;
  padding: 16px 20px; border: 1.5px dashed color-mix(in srgb, var(--_accent) 55%, transparent);
  border-radius: var(--_round); background: var(--_tint);
}
.drop.over { border-style: solid; border-color: var(--_accent); }
.drop .hint { display: flex; flex-direction: column; }
.drop small { color: var(--_soft); font-size: .85em; }
button {
  font: inherit; font-size: .9em; line-height: 1.4; min-height: 32px; padding: 4px 12px; cursor: pointer;
  color: var(--_ink); background: var(--_card); border: 1px solid var(--_line); border-radius: 999px;
}
button:hover { border-color: var(--_accent); }
[part~='choose'], [part~='crop-done'] {
  min-height: 40px; padding: 8px 20px; font-weight: 600;
  color: var(--_on-accent); background: var(--_accent); border-color: var(--_accent);
}
:focus-visible { outline: 2px solid var(--_accent); outline-offset: 2px; }
:host(:disabled) .drop { opacity: .6; }
ol { list-style: none; margin: 0; padding: 0; display: grid; gap: 8px; }
ol:not(:empty) { margin-top: 12px; }
li {
  display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: 12px; align-items: center;
  padding: 8px 12px 8px 8px; background: var(--_card); border: 1px solid var(--_line);
  border-radius: var(--_round);
}
li canvas {
  width: 64px; height: 64px; border-radius: calc(var(--_round) - 6px);
  background: color-mix(in srgb, var(--_line) 60%, transparent);
}
.what { display: grid; grid-template-columns: minmax(0, auto) auto 1fr; gap: 2px 8px; align-items: baseline; }
.name { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-weight: 600; }
.size, .status { color: var(--_soft); font-size: .85em; }
.size { white-space: nowrap; }
.status, progress { grid-column: 1 / -1; }
li[data-state='uploaded'] .status { color: var(--_good); font-weight: 600; }
li[data-state='refused'] {
  border-color: color-mix(in srgb, var(--_bad) 40%, var(--_line)); background: var(--_bad-tint);
}
li[data-state='refused'] .status { color: var(--_ink); }
li[data-state='refused'] .status::before {
  content: attr(data-code); display: block; color: var(--_bad);
  font: 600 .95em ui-monospace, Menlo, Consolas, monospace;
}
li[data-state='cancelled'] .name { text-decoration: line-through; color: var(--_soft); }
.buttons { display: flex; flex-wrap: wrap; gap: 6px; justify-content: flex-end; }
progress {
  appearance: none; width: 100%; height: 6px; border: 0; border-radius: 3px; overflow: hidden;
  margin-top: 4px; background: var(--_line); color: var(--_accent);
}
progress::-webkit-progress-bar { background: var(--_line); }
progress::-webkit-progress-value { background: var(--_accent); border-radius: 3px; }
progress::-moz-progress-bar { background: var(--_accent); border-radius: 3px; }
.notice { margin: 8px 0 0; color: var(--_bad); font-size: .9em; }
.notice:empty { display: none; }
.heard {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
}
dialog {
  width: min(560px, calc(100vw - 24px)); max-height: calc(100dvh - 24px); padding: 20px;
  color: var(--_ink); background: var(--_card); border: 1px solid var(--_line); border-radius: var(--_round);
}
dialog::backdrop { background: rgb(10 16 20 / .6); }
dialog h2 { margin: 0; font-size: 1.1em; }
dialog .soft { margin: 4px 0 12px; color: var(--_soft); font-size: .9em; }
.stage { position: relative; width: fit-content; margin: 0 auto; overflow: hidden; line-height: 0; }
.stage canvas { max-width: 100%; max-height: min(52dvh, 440px); }
.frame {
  position: absolute; outline: 2px solid #fff; outline-offset: -2px;
  box-shadow: 0 0 0 100vmax rgb(10 16 20 / .6);
  cursor: move; touch-action: none;
}
.frame:focus-visible {
  outline: 3px solid #fff; outline-offset: -3px;
  box-shadow: inset 0 0 0 6px var(--_accent), 0 0 0 100vmax rgb(10 16 20 / .6);
}
.corner {
  position: absolute; right: 0; bottom: 0; width: 28px; height: 28px; cursor: nwse-resize;
  border: solid #fff; border-width: 0 5px 5px 0; filter: drop-shadow(0 0 1px rgb(0 0 0 / .7));
}
dialog label {
  display: grid; grid-template-columns: auto 1fr; gap: 12px; align-items: center; margin-top: 12px;
}
input[type='range'] { width: 100%; accent-color: var(--_accent); }
.place { display: block; color: var(--_soft); font-size: .85em; }
.actions { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 12px; align-items: center; }
@media (max-width: 480px) {
  li { grid-template-columns: auto minmax(0, 1fr); }
  .buttons { grid-column: 1 / -1; }
  .drop { padding: 16px; }
}
@media (prefers-reduced-motion: no-preference) {
  .drop, button { transition: border-color .15s; }
}
`

let sheet: CSSStyleSheet | undefined

/** One for all elements of the page. */
export function styleSheet(): CSSStyleSheet {
  if (sheet === undefined) {
    sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
  }
  return sheet
}
