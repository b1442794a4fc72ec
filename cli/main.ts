#!/usr/bin/env node
import { run } from './program';

// A reader that has seen enough (`keyquake impact … | head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

run(process.argv.slice(2), process).then((status) => {
  process.exitCode = status;
});
