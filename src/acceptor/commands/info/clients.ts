/** INFO clients. */
import { memoryOf } from '../client-list.js';
import type { ServerParts } from '../context.js';
import type { Fields, Section } from './section.js';

function fields(server: ServerParts): Fields {
  const { clients, config, blocked, tracking } = server;
  let mostInput = 0;
  let mostOutput = 0;
  for (const client of clients) {
    const { input, request, output } = memoryOf(server, client);
    mostInput = Math.max(mostInput, input + request);
    mostOutput = Math.max(mostOutput, output);
  }
  return {
    connected_clients: clients.size,
    cluster_connections: 0,
    maxclients: config.current.maxclients,
    client_recent_max_input_buffer: mostInput,
    client_recent_max_output_buffer: mostOutput,
    blocked_clients: blocked.size,
    tracking_clients: tracking.clients,
    total_blocking_keys: 0,
    total_blocking_keys_on_nokey: 0,
  };
}

export const CLIENTS: Section = { names: ['clients'], title: 'Clients', isDefault: true, fields };
