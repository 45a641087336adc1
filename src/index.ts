/** The public interface: run a server inside a program or a test. */
export { Server } from './server.js';
