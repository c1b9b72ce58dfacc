// A record in the client's hands, and cells of every kind that its types name.
import { assert, groupOf } from '../check.mjs';

const check = groupOf('client');

/** @template T @param {(done: (error: any, value?: T) => void) => void} begin @returns {Promise<T>} */
const called = begin => new Promise((resolve, reject) => begin((error, value) => error ? reject(error) : resolve(/** @type {T} */ (value))));

check('find fetches a record', ['GET record'], async ({ things }) => {
  const { id } = await things.create({ Name: 'found' });
  const record = await things.find(id);
  assert.deepEqual([record.id, record.getId(), record.get('Name')], [id, id, 'found']);
  assert.equal((await called(done => things.find(id, done)))?.id, id);
});

check('A record changes, saves, fetches and destroys itself', ['PATCH record', 'PUT record'], async ({ things }) => {
  const record = await things.create({ Name: 'mine', Count: 1 });
  assert.equal((await record.patchUpdate({ Count: 2 })).get('Count'), 2);
  assert.equal((await called(done => record.patchUpdate({ Count: 3 }, done))).get('Count'), 3);
  assert.equal((await called(done => record.patchUpdate({ State: 'Own' }, { typecast: true }, done))).get('State'), 'Own');
  assert.equal((await record.updateFields({ Count: 4 })).get('Count'), 4);
  assert.equal((await called(done => record.updateFields({ Count: 5 }, done))).get('Count'), 5);
  assert.equal((await called(done => record.updateFields({ Count: 6 }, { typecast: false }, done))).get('Count'), 6);
  assert.deepEqual((await record.putUpdate({ Count: 7 })).fields, { Count: 7 });
  assert.deepEqual((await called(done => record.putUpdate({ Name: 'put' }, done))).fields, { Name: 'put' });
  assert.deepEqual((await called(done => record.putUpdate({ State: 'Own' }, { typecast: true }, done))).fields, { State: 'Own' });
  assert.deepEqual((await record.replaceFields({ Count: 8 })).fields, { Count: 8 });
  assert.deepEqual((await called(done => record.replaceFields({ Count: 9 }, done))).fields, { Count: 9 });
  assert.deepEqual((await called(done => record.replaceFields({ Name: 'own' }, { typecast: true }, done))).fields, { Name: 'own' });
  record.set('Name', 'saved');
  await record.save();
  record.setRawJson({ id: record.id, fields: { Name: 'other' } });
  assert.equal((await record.fetch()).get('Name'), 'saved');
  record.set('Name', 'saved again');
  await called(done => record.save(done));
  assert.equal((await called(done => record.fetch(done))).get('Name'), 'saved again');
  const other = await things.create({});
  assert.equal((await record.destroy()).id, record.id);
  assert.equal((await called(done => other.destroy(done))).id, other.id);
});

check('save writes back what was read: text, number, tick, choices, people, links, files', ['singleLineText', 'number', 'checkbox', 'singleSelect', 'multipleSelects', 'singleCollaborator', 'multipleCollaborators', 'multipleRecordLinks', 'multipleAttachments'],
  async ({ at, baseId, things, person, ids }) => {
    const other = await at.base(baseId)('Others').create({ Name: 'linked' });
    const record = await things.create({ Name: 'all', Count: 1.5, Done: true, State: 'Open', Tags: ['red', 'blue'], Owner: /** @type {any} */ ({ id: person.id }), Team: /** @type {any} */ ([{ email: person.email }]), Others: [other.id] });
    await at.base(baseId).makeRequest({ method: 'POST', path: `/${record.id}/${ids['Things.Files']}/uploadAttachment`, body: { contentType: 'text/plain', filename: 'a.txt', file: 'aGVsbG8=' } });
    await record.fetch();
    const read = structuredClone(record.fields);
    await record.save();
    assert.deepEqual(withoutUrls(record.fields), withoutUrls(read));
    const [name, count, done, state, tags, others] = [record.get('Name'), record.get('Count'), record.get('Done'), record.get('State'), record.get('Tags'), record.get('Others')];
    assert.deepEqual([name, count, done, state, tags, others], ['all', 1.5, true, 'Open', ['red', 'blue'], [other.id]]);
    const owner = record.get('Owner');
    assert.deepEqual([owner?.id, owner?.email, owner?.name], [person.id, person.email, 'Test Person']);
    assert.deepEqual(record.get('Team')?.map(p => p.id), [person.id]);
    const file = record.get('Files')?.[0];
    assert.match(file?.id ?? '', /^att\w{14}$/);
    assert.deepEqual([file?.filename, file?.size, file?.type], ['a.txt', 5, 'text/plain']);
    assert.equal(await (await fetch(file?.url ?? '')).text(), 'hello');
    assert.deepEqual(record.get(/** @type {'Count'} */ (/** @type {unknown} */ ('Day'))), undefined);
  });

/** Links to files are made anew for each answer. @param {any} fields */
const withoutUrls = fields => ({ ...fields, Files: fields.Files.map((/** @type {any} */ { url, ...file }) => file) });

check('A picture has thumbnails in three sizes', ['multipleAttachments'], async ({ at, baseId, things }) => {
  const record = await things.create({ Name: 'picture' });
  const png = '89504e470d0a1a0a0000000d49484452000000050000000308060000000000000000000000';
  await at.base(baseId).makeRequest({ method: 'POST', path: `/${record.id}/Files/uploadAttachment`, body: { contentType: 'image/png', filename: 'p.png', file: Buffer.from(png, 'hex').toString('base64') } });
  await record.fetch();
  const thumbnails = record.get('Files')?.[0].thumbnails;
  for (const size of [thumbnails?.small, thumbnails?.large, thumbnails?.full])
    assert.deepEqual([size?.width, size?.height, (await fetch(size?.url ?? '')).status], [5, 3, 200]);
});
