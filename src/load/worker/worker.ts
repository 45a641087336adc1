/** The Piscina task that is a thread of the load generator: it returns when its run is over. */
import { Generator } from './generator.js';
import type { Order, WorkerTask } from './messages.js';

export default function runWorker(task: WorkerTask): Promise<void> {
  const { port } = task;
  return new Promise((resolve, reject) => {
    const generator = new Generator(task, (report) => {
      port.postMessage(report);
      if (report.type !== 'ended') return;
      port.close();
      resolve();
    });
    port.on('message', (order: Order) => {
      try {
        if (order.type === 'preload') generator.preload();
        else if (order.type === 'run') generator.run(order.at);
        else if (order.type === 'stop') generator.stop();
        else generator.setTopology(order.topology);
      } catch (error) {
        reject(error);
      }
    });
    generator.connect();
  });
}
