// node run.mjs GROUP URL TOKEN WORKSPACE: one line of JSON for each check of the group, with what did not hold.
import { checks } from './check.mjs';
import './checks/all.mjs';
import { Server } from './server.mjs';

const [group, url, token, workspace] = process.argv.slice(2);
const server = await new Server(url, token, workspace).begin();
console.warn = () => {}; // the client's words about what is deprecated
for (const { name, run } of checks.filter(c => c.group === group))
  console.log(JSON.stringify(await Promise.resolve().then(() => run(server)).then(() => ({ check: name }), error => ({ check: name, error: `${error.stack ?? error}` }))));
