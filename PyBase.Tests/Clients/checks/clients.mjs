// The client as such: how it is set up, bases, and requests that it has no method for.
import Airtable from 'airtable';
import { assert, groupOf } from '../check.mjs';

const check = groupOf('client');

check('A client is set up by its constructor', [], async ({ url, key, baseId }) => {
  const at = new Airtable({ apiKey: key, apiVersion: '0.1.0', customHeaders: { 'pybase-mutation': 'mine' }, endpointUrl: url, noRetryIfRateLimited: true, requestTimeout: 20_000 });
  const answer = await at.base(baseId).makeRequest({ path: '/Things' });
  assert.equal(answer.statusCode, 200);
});

check('A client is set up for all by configure, or by statics', [], async ({ url, key, baseId }) => {
  const { apiKey, apiVersion, endpointUrl, noRetryIfRateLimited, requestTimeout } = Airtable.default_config();
  assert.deepEqual([endpointUrl, apiVersion, noRetryIfRateLimited, requestTimeout], ['https://api.airtable.com', '0.1.0', false, 300_000]);
  Airtable.configure({ apiKey: key, apiVersion: '0.1.0', endpointUrl: url, noRetryIfRateLimited: true, requestTimeout: 20_000 });
  assert.deepEqual([Airtable.apiKey, Airtable.apiVersion, Airtable.endpointUrl, Airtable.noRetryIfRateLimited, Airtable.requestTimeout], [key, '0.1.0', url, true, 20_000]);
  assert.ok(Array.isArray((await Airtable.base(baseId).makeRequest({ path: '/Things' })).body.records));
  Airtable.configure({ apiKey: apiKey ?? '', apiVersion: apiVersion ?? '', endpointUrl: '', noRetryIfRateLimited: false, requestTimeout: 0 });
});

check('A base gives tables, by name or id', [], async ({ at, baseId, ids }) => {
  const base = at.base(baseId);
  assert.equal(base.getId(), baseId);
  for (const table of [base('Things'), base.table('Things'), base(ids.Things)])
    assert.ok(Array.isArray(await table.select().firstPage()));
});

check('The classes behind base() can be used alone', [], async ({ at, baseId }) => {
  const base = new Airtable.Base(at, baseId);
  assert.equal(base.getId(), baseId);
  assert.equal(Airtable.Base.createFunctor(at, baseId).getId(), base.getId());
  const table = new Airtable.Table(base, '', 'Things');
  assert.deepEqual([table.name, base.table('Things').name, base.doCall('Things').name], ['Things', 'Things', 'Things']);
  const made = await table.create({ Name: 'alone' });
  const record = new Airtable.Record(table, made.id);
  await record.fetch();
  assert.equal(record.get('Name'), 'alone');
  const byId = new Airtable.Table(base, /** @type {any} */ (table)._base._id === baseId ? table.id || 'Things' : '', '');
  assert.equal(byId.id, 'Things');
});

check('makeRequest sends what the client has no method for', ['POST comments'], async ({ at, baseId, things }) => {
  const { id } = await things.create({ Name: 'with a comment' });
  const answer = await new Airtable.Base(at, baseId).makeRequest({ method: 'post', path: `/Things/${id}/comments`, qs: {}, headers: { 'pybase-mutation': 'mine' }, body: { text: 'seen' } });
  assert.deepEqual([answer.statusCode, answer.body.text, answer.headers.get('content-type')], [200, 'seen', 'application/json; charset=utf-8']);
  assert.equal((await at.base(baseId).makeRequest({ path: `/Things/${id}/comments`, qs: { pageSize: 1 } })).body.comments.length, 1);
});

check('runAction calls back', [], async ({ at, baseId }) => {
  const base = new Airtable.Base(at, baseId);
  const body = await new Promise((resolve, reject) => base.runAction('get', '/Things', { maxRecords: 1 }, null, (error, _, found) => error ? reject(error) : resolve(found)));
  assert.ok(Array.isArray(body.records));
});
