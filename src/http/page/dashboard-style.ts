/** How the dashboard looks: calm, light and dark, from 360 pixels up. */
export const DASHBOARD_STYLE = `
:root {
  color-scheme: light dark;
  --ground: #f6f6f4; --card: #fff; --ink: #1b1d22; --muted: #5b606b; --edge: #e2e2de; --grid: #ecece8;
  --blue: #1f63c8; --amber: #b26100; --red: #b8322a; --violet: #7844b8; --green: #1c7a4c; --grey: #7b818c;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #121317; --card: #1a1c21; --ink: #e9eaee; --muted: #a3a8b4; --edge: #2d3038; --grid: #262930;
    --blue: #71acff; --amber: #f0a94a; --red: #ff8078; --violet: #c39bff; --green: #5fd39a; --grey: #8f96a3;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif; }
header, main { max-width: 1480px; margin: 0 auto; padding: 0 20px; }
header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 16px; padding-top: 20px; }
h1 { font-size: 22px; margin: 0; } h2 { font-size: 16px; margin: 28px 0 10px; } h3 { font-size: 14px; margin: 0; }
.muted { color: var(--muted); font-size: 13px; }
nav { margin-left: auto; } a { color: var(--blue); } nav a { margin-left: 12px; }
#trouble { background: var(--red); color: var(--card); padding: 6px 20px; } #trouble:empty { display: none; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(140px, 1fr)); gap: 10px; margin: 16px 0 0; }
.tiles div, .card { background: var(--card); border: 1px solid var(--edge); border-radius: 10px; padding: 10px 14px; min-width: 0; }
.tiles dt { color: var(--muted); font-size: 13px; } .tiles dd { margin: 0; font-size: 21px; font-weight: 600; font-variant-numeric: tabular-nums; white-space: nowrap; }
.tiles small { display: block; color: var(--muted); font-size: 12px; font-weight: 400; white-space: normal; }
.charts { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 12px; margin-top: 12px; }
@media (max-width: 1180px) { .charts { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
@media (max-width: 640px) { .charts { grid-template-columns: minmax(0, 1fr); } }
.plot { margin-top: 6px; min-height: 210px; }
.two { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 12px; }
@media (max-width: 820px) { .two { grid-template-columns: minmax(0, 1fr); } }
.scroll { overflow: auto; max-height: 340px; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: 13.5px; }
th, td { padding: 4px 10px 4px 0; text-align: right; white-space: nowrap; border-top: 1px solid var(--edge); }
thead th { border: 0; color: var(--muted); font-weight: 500; position: sticky; top: 0; background: var(--card); }
th:first-child, td:first-child, .text { text-align: left; } td.text { white-space: normal; overflow-wrap: anywhere; }
form { display: flex; flex-wrap: wrap; gap: 8px; margin-bottom: 8px; }
input, select, button { font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--edge); border-radius: 6px; padding: 5px 10px; min-width: 0; }
input { flex: 1 1 160px; } input, pre, .key { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: 13px; }
button { cursor: pointer; } button:hover { border-color: var(--blue); } button:disabled { opacity: 0.5; cursor: default; }
:focus-visible { outline: 2px solid var(--blue); outline-offset: 1px; }
.keys { list-style: none; margin: 0; padding: 0; } .keys button { display: block; width: 100%; text-align: left; border: 0; background: none; padding: 3px 6px; overflow-wrap: anywhere; }
.keys button:hover, .keys [aria-current] { background: var(--grid); }
pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 300px; overflow: auto; } .bad { color: var(--red); }
.u-legend { font-size: 12.5px; text-align: left !important; } .u-legend.u-inline th, .u-legend.u-inline td { border: 0; padding: 1px 3px 1px 0; background: none; position: static; font-weight: 400; }
.u-legend tr:first-child { display: none; } .u-legend .u-value { font-variant-numeric: tabular-nums; }
footer { height: 30px; }
`;
