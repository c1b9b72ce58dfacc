// Every way to write through a table, with promises and with callbacks.
import { assert, groupOf, refused } from '../check.mjs';

const check = groupOf('client');

/** What a method with a callback comes to. @template T @param {(done: (error: any, value?: T) => void) => void} begin @returns {Promise<T>} */
const called = begin => new Promise((resolve, reject) => begin((error, value) => error ? reject(error) : resolve(/** @type {T} */ (value))));

check('create makes one record', ['POST records'], async ({ things }) => {
  const record = await things.create({ Name: 'one', Count: 1, Done: true });
  assert.deepEqual([record.get('Name'), record.get('Count'), record.get('Done')], ['one', 1, true]);
  assert.match(record._rawJson.createdTime, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  assert.equal((await called(done => things.create({ Name: 'one' }, done)))?.get('Name'), 'one');
  const typed = await called(done => things.create({ State: 'Called', Count: /** @type {any} */ ('2.5') }, { typecast: true }, done));
  assert.deepEqual([typed?.get('State'), typed?.get('Count')], ['Called', 2.5]);
});

check('create makes many records, in order', ['POST records', '422 INVALID_RECORDS'], async ({ things }) => {
  const records = await things.create([{ fields: { Name: 'a' } }, { fields: { Name: 'b' } }]);
  assert.deepEqual(records.map(r => r.get('Name')), ['a', 'b']);
  assert.deepEqual((await called(done => things.create([{ fields: { Name: 'c' } }], done)))?.map((/** @type {any} */ r) => r.get('Name')), ['c']);
  assert.deepEqual((await called(done => things.create([{ fields: { State: 'New' } }], { typecast: true }, done)))?.map((/** @type {any} */ r) => r.get('State')), ['New']);
  // The declarations allow cells without `fields` around them, and ids; the API never did.
  await refused(things.create([{ Name: 'bare' }]), 422, 'INVALID_RECORDS');
});

check('update changes what it names, replace empties the rest', ['PATCH record', 'PUT record'], async ({ things }) => {
  const { id } = await things.create({ Name: 'x', Count: 1 });
  assert.deepEqual((await things.update(id, { Count: 2 })).fields, { Name: 'x', Count: 2 });
  assert.deepEqual((await called(done => things.update(id, { Count: 3 }, done)))?.fields, { Name: 'x', Count: 3 });
  assert.deepEqual((await called(done => things.update(id, { State: 'Cast' }, { typecast: true }, done)))?.fields, { Name: 'x', Count: 3, State: 'Cast' });
  assert.deepEqual((await things.replace(id, { Count: 4 })).fields, { Count: 4 });
  assert.deepEqual((await called(done => things.replace(id, { Name: 'y' }, done)))?.fields, { Name: 'y' });
  assert.deepEqual((await called(done => things.replace(id, { State: 'Cast' }, { typecast: true }, done)))?.fields, { State: 'Cast' });
});

check('update and replace take many records', ['PATCH records', 'PUT records'], async ({ things }) => {
  const [a, b] = (await things.create([{ fields: { Name: 'a', Count: 1 } }, { fields: { Name: 'b', Count: 2 } }])).map(r => r.id);
  const fieldsOf = (/** @type {import('airtable').Records<import('../server.mjs').Thing> | undefined} */ records) => records?.map(r => r.fields);
  assert.deepEqual(fieldsOf(await things.update([{ id: b, fields: { Count: 3 } }, { id: a, fields: { Count: 4 } }])), [{ Name: 'b', Count: 3 }, { Name: 'a', Count: 4 }]);
  assert.deepEqual(fieldsOf(await called(done => things.update([{ id: a, fields: { Count: 5 } }], done))), [{ Name: 'a', Count: 5 }]);
  assert.deepEqual(fieldsOf(await called(done => things.update([{ id: a, fields: { State: 'Many' } }], { typecast: true }, done))), [{ Name: 'a', Count: 5, State: 'Many' }]);
  assert.deepEqual(fieldsOf(await things.replace([{ id: a, fields: { Count: 6 } }])), [{ Count: 6 }]);
  assert.deepEqual(fieldsOf(await called(done => things.replace([{ id: a, fields: { Name: 'r' } }], done))), [{ Name: 'r' }]);
  assert.deepEqual(fieldsOf(await called(done => things.replace([{ id: a, fields: { State: 'Many' } }], { typecast: true }, done))), [{ State: 'Many' }]);
});

check('update passes performUpsert and returnFieldsByFieldId on', ['performUpsert', 'returnFieldsByFieldId in a body'], async server => {
  const { table, made } = await server.own('Merged', { Name: 'there', Count: 1 });
  const records = /** @type {any} */ ([{ fields: { Name: 'there', Count: 2 } }, { fields: { Name: 'fresh' } }]);
  const merged = /** @type {any} */ (await table.update(records, /** @type {any} */ ({ performUpsert: { fieldsToMergeOn: ['Name'] } })));
  assert.deepEqual([merged[0].id, merged[0].fields, merged[1].fields], [made[0].id, { Name: 'there', Count: 2 }, { Name: 'fresh' }]);
  const byId = await table.update(made[0].id, { Count: 3 }, /** @type {any} */ ({ returnFieldsByFieldId: true }));
  assert.equal(/** @type {any} */ (byId.fields)[server.ids['Merged.Count']], 3);
});

check('destroy takes one id or many', ['DELETE record', 'DELETE records'], async ({ things }) => {
  const [a, b, c, d] = (await things.create(['a', 'b', 'c', 'd'].map(Name => ({ fields: { Name } })))).map((/** @type {{ id: string }} */ r) => r.id);
  assert.equal((await things.destroy(a)).id, a);
  assert.equal((await called(done => things.destroy(b, done)))?.id, b);
  assert.deepEqual((await things.destroy([c])).map(r => r.id), [c]);
  assert.deepEqual((await called(done => things.destroy([d], done)))?.map((/** @type {any} */ r) => r.id), [d]);
});

check('A table named with a slash, a space and a letter beyond ASCII is found', ['Names in paths'], async server => {
  const { table } = await server.own('Ünits 1/2 & more?', { Name: 'x' });
  assert.equal((await table.select().all()).length, 1);
});

check('The deprecated list and forEach still work', ['limit'], async server => {
  const { table } = await server.own('Listed', { Name: 'a' }, { Name: 'b' }, { Name: 'c' });
  const first = await new Promise(resolve => table.list(2, null, (/** @type {any} */ error, /** @type {any} */ records, /** @type {any} */ offset) => resolve({ error, names: records?.map((/** @type {any} */ r) => r.get('Name')), offset })));
  assert.deepEqual([first.error, first.names], [null, ['a', 'b']]);
  const posted = await new Promise(resolve => table.list(2, first.offset, { method: 'post' }, (/** @type {any} */ error, /** @type {any} */ records) => resolve(records.map((/** @type {any} */ r) => r.get('Name')))));
  assert.deepEqual(posted, ['c']);
  /** @type {string[]} */
  const seen = [];
  (/** @type {typeof import('airtable/lib/table.js')} */ (table.constructor)).__recordsPerPageForIteration = 1;
  await new Promise((resolve, reject) => table.forEach((/** @type {any} */ r) => seen.push(r.get('Name')), (/** @type {any} */ error) => error ? reject(error) : resolve(null)));
  assert.deepEqual(seen, ['a', 'b', 'c']);
});

check('A write may ask to be sent by POST, which it is', [], async ({ things }) => {
  assert.equal((await things.create({ Name: 'p' }, { method: 'post' })).get('Name'), 'p');
  assert.equal((await things.create({ Name: 'g' }, { method: 'get' })).get('Name'), 'g');
});
