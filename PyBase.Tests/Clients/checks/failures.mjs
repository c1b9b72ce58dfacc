// What the client makes of a server in trouble. The run gives a server of its own to break: 8 requests a second to a base, and whoever started it does what it is asked.
import Airtable from 'airtable';
import { assert, groupOf, refused } from '../check.mjs';

const check = groupOf('failing');
/** Airtable's limit, gone by before the next check. */
const pause = () => new Promise(resolve => setTimeout(resolve, 1_100));

// So many that a machine which is slow to answer does not give the bucket the time to fill up again.
check('Too many requests a second are TOO_MANY_REQUESTS', ['429 RATE_LIMIT_REACHED'], async server => {
  await pause();
  const [answer] = (await Promise.all(Array.from({ length: 60 }, () => server.send('GET', server.path('Things'))))).filter(a => a.status === 429);
  assert.deepEqual(answer.json.error.type, 'RATE_LIMIT_REACHED');
  assert.equal(answer.json.error.message, 'Rate limit exceeded. Please try again later');
  assert.equal(answer.headers.get('retry-after'), '1');
  const refusals = await Promise.allSettled(Array.from({ length: 60 }, () => server.things.select().firstPage()));
  await refused(/** @type {any} */ (refusals.find(r => r.status === 'rejected') && Promise.reject(/** @type {any} */ (refusals.find(r => r.status === 'rejected')).reason)), 429, 'TOO_MANY_REQUESTS');
});

check('The client waits and comes again by itself', ['Retries after 429'], async ({ key, url, baseId }) => {
  await pause();
  const things = new Airtable({ apiKey: key, endpointUrl: url, noRetryIfRateLimited: false }).base(baseId)('Things');
  const answers = await Promise.all(Array.from({ length: 9 }, () => things.select().firstPage()));
  assert.equal(answers.length, 9);
});

check('A file store that is away is SERVICE_UNAVAILABLE, and says when to come again', ['503 RETRIABLE_ERROR'], async server => {
  await pause();
  const { id } = await server.things.create({ Name: 'without a file' });
  await server.please('take the file store away');
  const upload = { method: 'POST', path: `/${id}/${server.ids['Things.Files']}/uploadAttachment`, body: { contentType: 'text/plain', filename: 'a.txt', file: 'aGVsbG8=' } };
  await refused(server.at.base(server.baseId).makeRequest(upload), 503, 'SERVICE_UNAVAILABLE');
  const answer = await server.send('POST', `/v0/${server.baseId}${upload.path}`, upload.body);
  assert.equal(answer.headers.get('retry-after'), '2');
});

check('What should not happen is SERVER_ERROR', ['500 SERVER_ERROR'], async server => {
  await pause();
  await server.please(`drop the rows of ${server.baseId} ${server.ids.Things}`);
  await refused(server.things.find('recAAAAAAAAAAAAAA'), 500, 'SERVER_ERROR');
  assert.equal((await server.send('GET', `${server.path('Things')}/recAAAAAAAAAAAAAA`)).json.error.type, 'SERVER_ERROR');
});
