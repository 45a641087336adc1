/** Reports that are files: pages, the histogram log, and how they are written. */
export { comparePage } from './compare-page.js';
export { histogramLog } from './hlog.js';
export { runPage } from './run-page.js';
export { sweepPage } from './sweep-page.js';
export { checkWritable, ReportError, writeReport } from './write.js';
