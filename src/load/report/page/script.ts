/**
 * The page's own script: draws each chart's data with uPlot, in the style's colours, again when the width or the colour
 * scheme changes. Plain JavaScript in a string, because it runs in a browser; it sees the data only through JSON.
 */
export const SCRIPT = `
'use strict';
const DRAWINGS = JSON.parse(document.getElementById('charts').textContent);
const HEIGHT = 260;
const FONT = '12px system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif';

const digits = (value) => {
  if (value === 0) return '0';
  const rounded = Number(value.toPrecision(3));
  return Math.abs(rounded) >= 1000 ? rounded.toLocaleString('en-US') : String(rounded);
};
const scaled = (value) => {
  if (Math.abs(value) >= 1e9) return digits(value / 1e9) + ' G';
  if (Math.abs(value) >= 1e6) return digits(value / 1e6) + ' M';
  return Math.abs(value) >= 1e3 ? digits(value / 1e3) + ' k' : digits(value);
};
const WRITE = {
  latency: (us) => us >= 1e6 ? digits(us / 1e6) + ' s' : us >= 1e3 ? digits(us / 1e3) + ' ms' : digits(us) + ' µs',
  rate: (value) => scaled(value) + '/s',
  share: (value) => digits(value * 100) + ' %',
  seconds: (value) => digits(value) + ' s',
  count: scaled,
  percentile: (nines) => String(Number((100 - 100 / 10 ** nines).toFixed(Math.max(0, Math.ceil(nines) - 1)))),
};

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();

/** Whole nines, as many as have room for their words. */
function splitsOfNines(plot, axis, min, max) {
  const room = Math.max(1, Math.ceil((max - min) / (plot.bbox.width / devicePixelRatio / 58)));
  const splits = [];
  for (let nines = Math.ceil(min); nines <= max; nines += room) splits.push(nines);
  return splits;
}

/** Round figures on a logarithmic axis: the fewer powers of ten it spans, the more steps between. */
function splitsOfLog(plot, axis, min, max) {
  const powers = Math.log10(max / min);
  if (powers < 0.7) return evenSteps(min, max);
  const leading = powers > 2.6 ? [1] : powers > 1.5 ? [1, 3] : [1, 2, 5];
  const splits = [];
  for (let power = Math.floor(Math.log10(min)); 10 ** power <= max; power++) {
    for (const digit of leading) {
      const value = digit * 10 ** power;
      if (value >= min && value <= max) splits.push(value);
    }
  }
  return splits;
}

function evenSteps(min, max) {
  const least = (max - min) / 5;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = power * [1, 2, 5, 10].find((factor) => factor * power >= least);
  const splits = [];
  for (let value = Math.ceil(min / step) * step; value <= max; value += step) splits.push(value);
  return splits;
}

function axisOf(side, { label, unit }, log, width) {
  const narrow = width < 420;
  const axis = {
    scale: side,
    label,
    labelSize: 22,
    labelFont: FONT,
    font: FONT,
    stroke: colour('muted'),
    gap: 6,
    grid: { stroke: colour('grid'), width: 1 },
    ticks: { stroke: colour('edge'), width: 1, size: 5 },
    size: side === 'x' ? 34 : narrow ? 58 : 64,
    space: side === 'x' ? (narrow ? 56 : 62) : 32,
    values: (plot, splits) => splits.map((value) => WRITE[unit](value)),
  };
  if (unit === 'percentile') axis.splits = splitsOfNines;
  // The library leaves out figures of a logarithmic axis by a rule for splits of its own.
  if (log) Object.assign(axis, { splits: splitsOfLog, filter: (plot, splits) => splits });
  return axis;
}

function seriesOf({ label, colour: name, form, fill }, unit) {
  const stroke = colour(name);
  const series = { label, stroke, width: 1.75, scale: 'y', spanGaps: form !== 'line' };
  series.value = (plot, value) => (value == null ? '' : WRITE[unit](value));
  series.points = { size: 6, fill: stroke };
  if (form === 'points') Object.assign(series, { paths: () => null, points: { show: true, size: 8, fill: stroke } });
  if (form === 'dashes') Object.assign(series, { dash: [6, 5], points: { show: false } });
  if (fill) series.fill = stroke + '1f';
  return series;
}

/** Vertical lines with a word each; words one below the other, on the side where there is room. */
function drawMarks(plot, marks) {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  marks.forEach((mark, row) => {
    const x = Math.round(plot.valToPos(mark.x, 'x', true));
    if (x < bbox.left || x > bbox.left + bbox.width) return;
    ctx.save();
    ctx.strokeStyle = ctx.fillStyle = colour(mark.colour);
    ctx.lineWidth = 1.5 * ratio;
    ctx.setLineDash([3 * ratio, 3 * ratio]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.font = '600 ' + FONT.replace('12px', 12 * ratio + 'px');
    const left = x - bbox.left > bbox.width / 2;
    const width = ctx.measureText(mark.label).width;
    const rows = (6 + row * 19) * ratio;
    const y = mark.low ? bbox.top + bbox.height - rows - 18 * ratio : bbox.top + rows;
    const start = left ? x - width - 7 * ratio : x + 7 * ratio;
    ctx.fillStyle = colour('card');
    ctx.globalAlpha = 0.85;
    ctx.fillRect(start - 3 * ratio, y - 2 * ratio, width + 6 * ratio, 18 * ratio);
    ctx.globalAlpha = 1;
    ctx.fillStyle = colour(mark.colour);
    ctx.textAlign = 'left';
    ctx.textBaseline = 'top';
    ctx.fillText(mark.label, start, y);
    ctx.restore();
  });
}

function rangeOfX(reach) {
  return (plot, min, max) => {
    if (min === null) return [0, 1];
    if (min === max) return [Math.min(0, min), max + 1];
    // A part of the chart that was chosen with the pointer is shown as chosen.
    const whole = min === plot.data[0][0] && max === plot.data[0][plot.data[0].length - 1];
    return whole ? [Math.min(min, ...reach), Math.max(max, ...reach)] : [min, max];
  };
}

/** Words of marks need room above the points. */
function rangeOfY(log, unit, marks) {
  const above = marks.some((mark) => !mark.low) ? 4 : 1.35;
  return (plot, min, max) => {
    if (min === null) return log ? [1, 1000] : [0, 1];
    if (log) return [min / 1.25, max * above];
    return max <= 0 ? [0, unit === 'share' ? 0.01 : 1] : [0, max * 1.08];
  };
}

function draw(drawing) {
  const place = document.getElementById(drawing.id);
  const width = Math.floor(place.clientWidth);
  const { x, y, lines, marks, reach, data, group } = drawing;
  const options = {
    width,
    height: HEIGHT,
    padding: [12, x.unit === 'percentile' ? 28 : 18, 0, 0],
    scales: {
      x: { time: false, range: rangeOfX(reach) },
      y: { distr: y.log ? 3 : 1, range: rangeOfY(y.log, y.unit, marks) },
    },
    axes: [axisOf('x', x, false, width), axisOf('y', y, y.log, width)],
    series: [
      { label: x.label, value: (plot, value) => (value == null ? '' : WRITE[x.unit](value)) },
      ...lines.map((line) => seriesOf(line, y.unit)),
    ],
    cursor: group === undefined ? { y: false } : { y: false, sync: { key: group } },
    legend: {
      markers: {
        width: 2,
        stroke: (plot, at) => colour(lines[at - 1].colour),
        fill: (plot, at) => (lines[at - 1].form === 'dashes' ? 'transparent' : colour(lines[at - 1].colour)),
        dash: (plot, at) => (lines[at - 1].form === 'dashes' ? 'dashed' : 'solid'),
      },
    },
    hooks: { draw: [(plot) => drawMarks(plot, marks)] },
  };
  place.replaceChildren();
  return new uPlot(options, [data.x, ...data.y], place);
}

const plots = new Map();
function drawAll() {
  for (const drawing of DRAWINGS) {
    plots.get(drawing.id)?.destroy();
    plots.set(drawing.id, draw(drawing));
  }
}
drawAll();
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
let width = innerWidth;
addEventListener('resize', () => {
  if (innerWidth === width) return;
  width = innerWidth;
  drawAll();
});
`;
