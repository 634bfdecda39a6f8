import { Processes } from '../processes.js';

/** Started by a test to be killed with -9: says which process and folder it leaves to the guardian. */
const processes = await Processes.open([]);
const child = await processes.program('sleeper', process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
process.stdout.write(`${JSON.stringify({ pid: child.pid, folder: processes.folder })}\n`);
