/** The style of every page: calm, light and dark, from 400 pixels up. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #f6f6f4; --card: #ffffff; --ink: #1b1d22; --muted: #5b606b; --edge: #e2e2de; --grid: #ecece8;
  --blue: #1f63c8; --amber: #b26100; --red: #b8322a; --grey: #7b818c; --violet: #7844b8; --green: #1c7a4c;
  --bad-ground: #fdeeec; --warn-ground: #fdf4e3; --good-ground: #eaf6ef;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #121317; --card: #1a1c21; --ink: #e9eaee; --muted: #a3a8b4; --edge: #2d3038; --grid: #262930;
    --blue: #71acff; --amber: #f0a94a; --red: #ff8078; --grey: #8f96a3; --violet: #c39bff; --green: #5fd39a;
    --bad-ground: #37201f; --warn-ground: #332813; --good-ground: #16301f;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--ground); color: var(--ink); overflow-wrap: anywhere;
  font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
main, header, footer { max-width: 1240px; margin: 0 auto; padding: 0 28px; }
header { padding-top: 40px; }
main { padding-bottom: 24px; }
footer { padding-bottom: 40px; color: var(--muted); font-size: 13px; }
h1 { font-size: 26px; line-height: 1.25; letter-spacing: -0.015em; margin: 0 0 6px; font-weight: 650; }
h2 { font-size: 18px; letter-spacing: -0.01em; margin: 44px 0 14px; font-weight: 650; }
h3, figcaption h3 { font-size: 14.5px; margin: 0; font-weight: 650; }
p { margin: 0 0 8px; }
.lead, .note { color: var(--muted); }
.note { font-size: 13px; line-height: 1.45; margin: 2px 0 0; }
.badge { display: inline-block; padding: 1px 10px; border-radius: 99px; font-size: 13px; font-weight: 600; }
.good { color: var(--green); } .bad { color: var(--red); } .warn { color: var(--amber); }
.badge.good { background: var(--good-ground); } .badge.bad { background: var(--bad-ground); }
.badge.warn { background: var(--warn-ground); }
.alert { border-left: 4px solid; border-radius: 6px; padding: 10px 16px; margin: 16px 0 0; color: var(--ink); }
.alert strong { display: block; }
.alert.bad { background: var(--bad-ground); border-color: var(--red); }
.alert.warn { background: var(--warn-ground); border-color: var(--amber); }
.alert ul { margin: 0; padding-left: 18px; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(140px, 1fr)); gap: 12px; margin: 26px 0 0; padding: 0; }
.tiles > div, figure, .table { background: var(--card); border: 1px solid var(--edge); border-radius: 10px; }
.tiles > div { padding: 12px 16px 13px; }
.tiles dt { color: var(--muted); font-size: 13px; }
.tiles dd {
  margin: 0; font-size: 23px; line-height: 1.3; font-weight: 600; letter-spacing: -0.02em;
  font-variant-numeric: tabular-nums; white-space: nowrap;
}
.tiles small { display: block; color: var(--muted); font-size: 12.5px; font-weight: 400; letter-spacing: 0; white-space: normal; }
.table + .note { margin-top: 8px; }
.charts { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 16px; }
figure { margin: 0; padding: 16px 18px 12px; min-width: 0; }
figure.wide { grid-column: 1 / -1; }
.plot { margin-top: 10px; min-height: 260px; }
.plot.empty { min-height: 120px; display: grid; place-items: center; color: var(--muted); }
.columns { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0 24px; }
.table { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: 8px 14px; text-align: right; white-space: nowrap; border-top: 1px solid var(--edge); }
thead th { border-top: 0; color: var(--muted); font-weight: 500; font-size: 13px; }
tbody th { font-weight: 600; }
th:first-child, td:first-child, .words { text-align: left; }
td.words.long { white-space: normal; min-width: 220px; }
tr.total > * { font-weight: 650; }
.pairs th { color: var(--muted); font-weight: 500; width: 1%; vertical-align: top; }
.pairs td { text-align: left; white-space: normal; }
.pairs tr:first-child > * { border-top: 0; }
code { font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
.uplot { font-family: inherit; width: 100%; }
.u-legend { font-size: 13px; text-align: left; margin: 8px 0 0; color: var(--ink); font-variant-numeric: tabular-nums; }
.u-legend tbody { display: flex; flex-wrap: wrap; }
.u-legend.u-inline tr { margin-right: 10px; border: 0; }
.u-legend .u-series > * { padding: 2px 0; border: 0; text-align: left; }
.u-legend.u-live th::after { content: none !important; }
.u-legend .u-marker { width: 0.8em !important; height: 0.8em !important; margin-right: 6px !important; }
.u-legend .u-value { min-width: 5em; padding-left: 6px !important; color: var(--muted); }
.u-legend th { font-weight: 500; }
.u-legend tr:first-child { order: 1; color: var(--muted); visibility: hidden; }
.plot:hover .u-legend tr:first-child { visibility: visible; }
.u-cursor-x, .u-cursor-y { border-color: var(--grey) !important; }
.u-select { background: color-mix(in srgb, var(--blue) 16%, transparent); }
@media (max-width: 860px) { .charts, .columns { grid-template-columns: minmax(0, 1fr); } }
@media (max-width: 560px) {
  main, header, footer { padding-left: 14px; padding-right: 14px; }
  header { padding-top: 24px; }
  h1 { font-size: 21px; }
  figure { padding: 14px 10px 10px; }
  .tiles { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 10px; }
  .tiles dd { font-size: 20px; }
  th, td { padding: 7px 10px; }
}
@media print { body { background: #fff; } figure, .table { break-inside: avoid; } }
`;
