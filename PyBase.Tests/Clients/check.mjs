// A check is a sentence and what shows that it holds. `shows` names entries of contract.mjs; what a check uses of the client's declarations, the compiler finds out.
import assert from 'node:assert/strict';

/** @type {{ name: string, group: string, shows: string[], run: (server: import('./server.mjs').Server) => Promise<unknown> }[]} */
export const checks = [];

/** @param {string} group the run it belongs to: client, wire or failing */
export const groupOf = group => {
  /** @param {string} name @param {string[]} shows @param {(server: import('./server.mjs').Server) => Promise<unknown>} run */
  const check = (name, shows, run) => checks.push({ name, group, shows, run });
  return check;
};

/** The client's own error, with this status and code. @param {Promise<unknown>} promise @param {number | null} status @param {string} code @param {RegExp=} message */
export async function refused(promise, status, code, message) {
  const error = await promise.then(() => assert.fail(`was accepted, and should be ${code}`), e => e);
  assert.deepEqual({ status: error.statusCode, code: error.error }, { status, code }, `${error}`);
  if (message) assert.match(error.message, message);
  return error;
}

export { assert };
