/** How a command line that went wrong ends. */
export const EXIT_RUNTIME = 1;

export function fail(message: string, exitCode: number): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = exitCode;
}
