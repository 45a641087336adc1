/** /docs: what there is, made in the browser from /openapi.json. */
const STYLE = `
:root { color-scheme: light dark; --line: color-mix(in srgb, CanvasText 18%, Canvas); --dim: color-mix(in srgb, CanvasText 62%, Canvas); }
body { font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; }
h1 { margin: 0.5rem 0 0; } h2 { margin-top: 2rem; border-bottom: 1px solid var(--line); }
code, pre { font: 0.9em/1.4 ui-monospace, Menlo, Consolas, monospace; }
pre { overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; padding: 0.75rem; }
details { border: 1px solid var(--line); border-radius: 6px; margin: 0.5rem 0; padding: 0.4rem 0.75rem; }
summary { cursor: pointer; overflow-wrap: anywhere; } summary b { display: inline-block; min-width: 4.5rem; }
.dim { color: var(--dim); } table { border-collapse: collapse; } td { padding: 0.15rem 1rem 0.15rem 0; vertical-align: top; }
`;

const SCRIPT = `
const make = (name, text, ...children) => {
  const element = document.createElement(name);
  if (text) element.textContent = text;
  element.append(...children);
  return element;
};
const row = (...cells) => make('tr', '', ...cells.map((cell) => typeof cell === 'string' ? make('td', cell) : make('td', '', cell)));
fetch('openapi.json').then((answer) => answer.json()).then((api) => {
  document.querySelector('#version').textContent = api.info.version;
  const list = document.querySelector('#operations');
  for (const [path, methods] of Object.entries(api.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const head = make('summary', '', make('b', method.toUpperCase()), make('code', path), ' ', make('span', operation.summary || ''));
      head.lastChild.className = 'dim';
      const table = make('table');
      for (const one of operation.parameters || []) {
        table.append(row(make('code', one.name), one.in, one.description || (one.schema && one.schema.description) || ''));
      }
      for (const type of Object.keys((operation.requestBody && operation.requestBody.content) || {})) {
        table.append(row(make('code', type), 'body', ''));
      }
      for (const [status, answer] of Object.entries(operation.responses)) {
        table.append(row(make('code', status), 'response', answer.description));
      }
      list.append(make('details', '', head, operation.description ? make('p', operation.description) : '', table));
    }
  }
}).catch((error) => { document.querySelector('#operations').textContent = String(error); });
`;

export const DOCS_PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>ringshard: HTTP API</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<h1>ringshard</h1>
<p class="dim">HTTP API, version <span id="version"></span>. The same in a form for programs: <a href="openapi.json">openapi.json</a>.</p>
<pre>curl -X PUT --data-binary hello 'http://localhost:8080/v1/keys/greeting?ttl=60'
curl http://localhost:8080/v1/keys/greeting
curl http://localhost:8080/v1/commands --json '["INCR", "visits"]'</pre>
<h2>Operations</h2>
<div id="operations"></div>
<h2>For operators</h2>
<p><a href="metrics">/metrics</a> for Prometheus, <a href="livez">/livez</a>, <a href="readyz">/readyz</a>, <a href="healthz">/healthz</a>.</p>
<script>${SCRIPT}</script>
</body>
</html>
`;
