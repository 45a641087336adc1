#!/usr/bin/env node
/** The command line. Says what is wrong with the Node that runs it before anything else is loaded. */
import './cli/check-node.js';

const { run } = await import('./cli/run.js');
await run(process.argv.slice(2));
