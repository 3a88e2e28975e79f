/** The style of every page: one column that a phone shows as well as a desk, light or dark as the reader's system is. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #f6f7f9; --card: #ffffff; --ink: #17212b; --soft: #5a6773; --line: #dde3e9; --link: #0a5c8f;
  --firing: #0b6b3a; --firing-ground: #dff3e7; --pending: #7a5200; --pending-ground: #fcefd2;
  --quiet: #4d5a66; --quiet-ground: #e9edf1; --bad: #a3231b; --bad-ground: #fbe3e1;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #10161c; --card: #182028; --ink: #e6ebf0; --soft: #9aa8b5; --line: #2b3641; --link: #7cc4f2;
    --firing: #8fe0b0; --firing-ground: #143626; --pending: #f1cf86; --pending-ground: #3b2f12;
    --quiet: #b3bfca; --quiet-ground: #26313b; --bad: #ffaaa2; --bad-ground: #43201d;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
}
main, header, footer { max-width: 68rem; margin: 0 auto; padding: 0 1rem; }
header { padding-top: 1.25rem; display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; }
header nav { margin-left: auto; display: flex; gap: 1rem; }
h1 { font-size: 1.35rem; margin: 0; letter-spacing: -.01em; }
h2 { font-size: 1rem; margin: 0 0 .6rem; }
a { color: var(--link); text-underline-offset: .15em; }
.soft { color: var(--soft); }
.sample {
  background: var(--pending-ground); color: var(--pending); border-radius: .5rem; padding: .5rem .8rem;
  margin: .9rem 0; overflow-wrap: anywhere;
}
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(10.5rem, 1fr)); gap: .6rem; margin: .9rem 0; }
.facts div { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .55rem .8rem; }
.facts dt { color: var(--soft); font-size: .8rem; }
.facts dd { margin: 0; font-weight: 600; font-variant-numeric: tabular-nums; }
dl { margin: 0; }
section {
  background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .9rem 1rem; margin: 0 0 .9rem;
}
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th { text-align: left; font-weight: 500; font-size: .8rem; color: var(--soft); padding: 0 .8rem .3rem 0; }
td { border-top: 1px solid var(--line); padding: .45rem .8rem .45rem 0; vertical-align: top; overflow-wrap: anywhere; }
td:last-child, th:last-child { padding-right: 0; }
td.whole { white-space: nowrap; }
code, pre { font: .86em/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
pre { white-space: pre; overflow-x: auto; margin: 0; }
small { display: block; color: var(--soft); font-size: .82rem; }
p { margin: .3rem 0; }
ul { margin: 0; padding-left: 1.1rem; }
li { overflow-wrap: anywhere; }
.badge {
  display: inline-block; border-radius: 1rem; padding: .05rem .6rem; font-size: .8rem; font-weight: 600; white-space: nowrap;
  color: var(--quiet); background: var(--quiet-ground);
}
.firing { color: var(--firing); background: var(--firing-ground); }
.pending { color: var(--pending); background: var(--pending-ground); }
.bad { color: var(--bad); background: var(--bad-ground); }
summary { cursor: pointer; font-weight: 600; }
details[open] summary { margin-bottom: .6rem; }
footer { color: var(--soft); font-size: .85rem; padding-bottom: 2rem; }
@media (max-width: 44rem) {
  table, tbody, tr, td { display: block; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { border-top: 1px solid var(--line); padding: .5rem 0; }
  tbody tr:first-child { border-top: 0; padding-top: 0; }
  td, td.whole { border: 0; padding: .1rem 0; white-space: normal; }
  td[data-label] { display: inline-block; margin-right: 1.1rem; }
  td[data-label]::before { content: attr(data-label) " "; color: var(--soft); font-size: .82rem; }
  td:empty { display: none; }
}
`;
