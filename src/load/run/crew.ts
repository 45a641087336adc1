/** The threads of the load generator: Piscina tasks, each with a port to talk through. */
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { Piscina } from 'piscina';
import type { Plan } from '../plan/plan.js';
import { compileLoadEngine } from '../worker/load-engine.js';
import type { Order, Report, Topology, WorkerTask } from '../worker/messages.js';

export interface CrewOptions {
  readonly plan: Plan;
  readonly topology: Topology;
  readonly onReport: (thread: number, report: Report) => void;
  /** A thread has died. */
  readonly onFailure: (error: Error) => void;
}

export class Crew {
  readonly #piscina: Piscina;
  readonly #ports: MessagePort[] = [];
  readonly #running: Promise<void>[] = [];

  constructor({ plan, topology, onReport, onFailure }: CrewOptions) {
    const { threads } = plan;
    this.#piscina = new Piscina({
      filename: new URL('../worker/worker.js', import.meta.url).href,
      minThreads: threads,
      maxThreads: threads,
      concurrentTasksPerWorker: 1,
    });
    const module = compileLoadEngine();
    for (let thread = 0; thread < threads; thread++) {
      const { port1, port2 } = new MessageChannel();
      port1.on('message', (report: Report) => onReport(thread, report));
      this.#ports.push(port1);
      const task: WorkerTask = { plan, module, thread, topology, port: port2 };
      const running = this.#piscina.run(task, { transferList: [port2] }).catch((error: unknown) => {
        onFailure(error instanceof Error ? error : new Error(String(error)));
      });
      this.#running.push(running as Promise<void>);
    }
  }

  order(order: Order): void {
    for (const port of this.#ports) port.postMessage(order);
  }

  /** Waits for the threads to end, but not for ever. */
  async end(): Promise<void> {
    for (const port of this.#ports) port.close();
    await this.#piscina.destroy();
  }
}
