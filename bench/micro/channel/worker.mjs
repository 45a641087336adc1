/** Starts worker.ts in a thread, which does not inherit how TypeScript is loaded from the one that starts it. */
import { register } from 'tsx/esm/api';

register();
await import('./worker.ts');
