// Requests on records, byte for byte as airtable.js 0.12.2 and pyairtable 3 send them.
import { assert, groupOf } from '../check.mjs';

const check = groupOf('wire');
/** @typedef {import('../server.mjs').Server} Server */
/** @param {any} page @param {string=} field */
const texts = (page, field = 'Name') => page.records.map((/** @type {any} */ r) => r.fields[field]);
/** @param {any} page */
const ids = page => page.records.map((/** @type {any} */ r) => r.id);

check('Every route takes a slash and a bare question mark behind it', ['Trailing slash and bare ?'], async server => {
  const { made: [a], path } = await server.own('Slashes', { Name: 'a' });
  for (const end of ['', '/', '/?', '?']) {
    assert.equal((await server.ok('GET', path + end)).records.length, 1);
    assert.equal((await server.ok('GET', `${path}/${a.id}${end}`)).id, a.id);
    assert.equal((await server.ok('POST', `${path}/listRecords${end}`, {})).records.length, 1);
    assert.equal((await server.ok('PATCH', `${path}/${a.id}${end}`, { fields: {} })).id, a.id);
    assert.equal((await server.ok('PATCH', path + end, { records: [{ id: a.id, fields: {} }] })).records.length, 1);
    await server.ok('GET', `${server.meta}/tables${end}`);
    await server.ok('GET', `/v0/meta/whoami${end}`);
    await server.ok('GET', `${path}/${a.id}/comments${end}`);
    await server.ok('GET', `/v0/bases/${server.baseId}/webhooks${end}`);
    assert.equal((await server.ok('DELETE', `${path}/${(await server.ok('POST', path + end, { fields: {} })).id}${end}`)).deleted, true);
  }
});

check('A plus in a query is a space, in a path it is a plus', ['+ in queries and paths'], async server => {
  const { path } = await server.own('A+B c', { Name: 'x y' });
  assert.equal((await server.ok('GET', `${path}?filterByFormula=Name+%3D+%22x+y%22`)).records.length, 1);
  assert.equal((await server.ok('GET', `/v0/${server.baseId}/A+B%20c`)).records.length, 1);
  assert.equal((await server.send('GET', `/v0/${server.baseId}/A+B+c`)).status, 403);
});

check('A record has an id, when it was made, and the cells that are not empty', ['Shape of a record', 'Ids'], async server => {
  const { path } = await server.own('Shapes');
  const made = await server.ok('POST', path, { fields: { Name: '', Count: 0, State: null } });
  assert.deepEqual(Object.keys(made), ['id', 'createdTime', 'fields']);
  assert.deepEqual(made.fields, { Count: 0 });
  assert.match(made.id, /^rec[A-Za-z0-9]{14}$/);
  assert.match(made.createdTime, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  const answer = await server.send('GET', `${path}/${made.id}`);
  assert.equal(answer.headers.get('content-type'), 'application/json; charset=utf-8');
  for (const [name, prefix] of [['app', server.baseId], ['tbl', server.ids.Shapes], ['fld', server.ids['Shapes.Name']], ['usr', server.person.id]]) assert.match(prefix, new RegExp(`^${name}[A-Za-z0-9]{14}$`));
});

check('Tables and fields are named by id or exact name, ids first', ['Ids before names'], async server => {
  const { path } = await server.own('Named', { Name: 'a', Count: 1 });
  const [count, name] = [server.ids['Named.Count'], server.ids['Named.Name']];
  assert.deepEqual((await server.ok('GET', `/v0/${server.baseId}/Named?fields[]=${count}`)).records[0].fields, { Count: 1 });
  assert.equal((await server.ok('POST', path, { fields: { [count]: 5, Name: 'b' } })).fields.Count, 5);
  assert.equal((await server.send('GET', `/v0/${server.baseId}/named`)).status, 403);
  assert.equal((await server.send('POST', path, { fields: { name: 'c' } })).json.error.type, 'UNKNOWN_FIELD_NAME');
  await server.ok('POST', `${server.meta}/tables/Named/fields`, { name, type: 'number', options: { precision: 0 } });
  assert.equal((await server.ok('GET', `${path}?filterByFormula={${name}}="a"`)).records.length, 1);
});

check('GET takes every parameter of a list', ['GET records', 'fields', 'filterByFormula', 'maxRecords', 'pageSize', 'sort', 'view', 'cellFormat', 'timeZone', 'userLocale', 'returnFieldsByFieldId', 'recordMetadata', 'offset', 'limit'], async server => {
  const { path } = await server.own('Parameters', { Name: 'a', Count: 1 }, { Name: 'b', Count: 2 }, { Name: 'c', Count: 3 });
  const ask = (/** @type {string} */ query) => server.ok('GET', `${path}?${query}`);
  assert.deepEqual((await ask('fields[]=Count')).records.map((/** @type {any} */ r) => r.fields), [{ Count: 1 }, { Count: 2 }, { Count: 3 }]);
  assert.deepEqual((await ask('fields%5B%5D=Name&fields%5B%5D=Count&maxRecords=1')).records[0].fields, { Name: 'a', Count: 1 });
  assert.deepEqual((await ask('fields=Name&maxRecords=1')).records[0].fields, { Name: 'a' });
  assert.deepEqual(texts(await ask('filterByFormula=%7BCount%7D%3E1')), ['b', 'c']);
  assert.deepEqual(texts(await ask('sort[0][field]=Count&sort[0][direction]=desc')), ['c', 'b', 'a']);
  assert.deepEqual(texts(await ask('sort%5B0%5D%5Bfield%5D=Name&sort%5B0%5D%5Bdirection%5D=')), ['a', 'b', 'c']);
  assert.deepEqual(texts(await ask('view=Grid+view')), ['a', 'b', 'c']);
  assert.deepEqual((await ask('cellFormat=string&timeZone=utc&userLocale=en-ie&maxRecords=1')).records[0].fields, { Name: 'a', Count: '1.0' });
  for (const yes of ['1', 'true']) assert.deepEqual(Object.keys((await ask(`returnFieldsByFieldId=${yes}&fields[]=Name`)).records[0].fields), [server.ids['Parameters.Name']]);
  assert.deepEqual(Object.keys((await ask('returnFieldsByFieldId=0&fields[]=Name')).records[0].fields), ['Name']);
  assert.equal((await ask('recordMetadata[]=commentCount&maxRecords=1')).records[0].commentCount, 0);
  const first = await ask('pageSize=2&maxRecords=3&offset=');
  assert.deepEqual([texts(first), typeof first.offset], [['a', 'b'], 'string']);
  const last = await ask(`pageSize=2&maxRecords=3&offset=${encodeURIComponent(first.offset)}`);
  assert.deepEqual([texts(last), 'offset' in last], [['c'], false]);
  assert.deepEqual(texts(await ask('limit=1&offset=&anything=else')), ['a']);
});

check('POST listRecords takes the same in its body', ['POST listRecords'], async server => {
  const { path } = await server.own('Bodies', { Name: 'a', Count: 1 }, { Name: 'b', Count: 2 }, { Name: 'c', Count: 3 });
  // As airtable.js: zone and locale in the query as well as in the body, the method in the body.
  const js = await server.ok('POST', `${path}/listRecords?timeZone=Europe%2FZurich&userLocale=de`, { cellFormat: 'string', timeZone: 'Europe/Zurich', userLocale: 'de', method: 'post', limit: 2, fields: ['Count'], sort: [{ field: 'Count', direction: 'desc' }] });
  assert.deepEqual(texts(js, 'Count'), ['3.0', '2.0']);
  // As pyairtable.
  const py = await server.ok('POST', `${path}/listRecords`, { filterByFormula: '{Count}>1', maxRecords: 2, pageSize: 1, view: 'Grid view', returnFieldsByFieldId: true, recordMetadata: ['commentCount'], sort: [{ field: 'Count' }] });
  assert.deepEqual([py.records[0].fields[server.ids['Bodies.Name']], py.records[0].commentCount, typeof py.offset], ['b', 0, 'string']);
  assert.deepEqual((await server.ok('POST', `${path}/listRecords`, { filterByFormula: '{Count}>1', maxRecords: 2, pageSize: 1, view: 'Grid view', returnFieldsByFieldId: true, recordMetadata: ['commentCount'], sort: [{ field: 'Count' }], offset: py.offset })).records[0].fields[server.ids['Bodies.Name']], 'c');
});

check('An offset is good for ever, for the same question', ['offset', '422 INVALID_OFFSET_VALUE'], async server => {
  const { path } = await server.own('Offsets', { Name: 'a' }, { Name: 'b' }, { Name: 'c' });
  const { offset } = await server.ok('GET', `${path}?pageSize=1`);
  await server.ok('POST', path, { fields: { Name: 'd' } });
  assert.deepEqual(texts(await server.ok('GET', `${path}?pageSize=3&offset=${encodeURIComponent(offset)}`)), ['b', 'c', 'd']);
  for (const bad of [`offset=${encodeURIComponent(offset)}&filterByFormula=1`, 'offset=itrNONE/recNONE'])
    assert.deepEqual([(await server.send('GET', `${path}?${bad}`)).status, (await server.send('GET', `${path}?${bad}`)).json.error.type], [422, 'INVALID_OFFSET_VALUE']);
});

check('A page has up to 1,000 records here, and a write too', ['More at once'], async server => {
  const { path } = await server.own('Many');
  const records = Array.from({ length: 1_000 }, (_, n) => ({ fields: { Name: `${n}` } }));
  assert.equal((await server.ok('POST', path, { records })).records.length, 1_000);
  assert.equal((await server.ok('GET', `${path}?pageSize=1000`)).records.length, 1_000);
  assert.equal((await server.ok('GET', path)).records.length, 100);
  const error = (await server.send('POST', path, { records: [...records, ...records] })).json.error;
  assert.deepEqual([error.type, /1000|1,000/.test(error.message)], ['INVALID_RECORDS', true]);
});

check('A record is found by its id under the table, and its cells as texts', ['GET record'], async server => {
  const { made: [a], path } = await server.own('Single', { Name: 'a', Count: 2 });
  assert.equal((await server.ok('GET', `/v0/${server.baseId}/Single/${a.id}`)).fields.Name, 'a');
  assert.deepEqual((await server.ok('GET', `${path}/${a.id}?cellFormat=string&timeZone=Europe/Zurich&userLocale=en-gb`)).fields, { Name: 'a', Count: '2.0' });
  assert.equal((await server.ok('GET', `${path}/${a.id}?returnFieldsByFieldId=1`)).fields[server.ids['Single.Name']], 'a');
});

check('PUT empties what it does not name, PATCH leaves it', ['PATCH record', 'PUT record', 'PATCH records', 'PUT records', 'returnFieldsByFieldId in a body'], async server => {
  const { made: [a], path } = await server.own('Changed', { Name: 'a', Count: 2 });
  assert.deepEqual((await server.ok('PATCH', `${path}/${a.id}`, { fields: { Name: 'b' } })).fields, { Name: 'b', Count: 2 });
  assert.deepEqual((await server.ok('PUT', `${path}/${a.id}`, { fields: { Count: 3 }, typecast: true })).fields, { Count: 3 });
  assert.deepEqual((await server.ok('PATCH', path, { records: [{ id: a.id, fields: { Name: 'c' } }], returnFieldsByFieldId: true })).records[0].fields, { [server.ids['Changed.Name']]: 'c', [server.ids['Changed.Count']]: 3 });
  assert.deepEqual((await server.ok('PUT', path, { records: [{ id: a.id, fields: { Name: 'd' } }] })).records[0].fields, { Name: 'd' });
});

check('Ids to delete come in any of the three spellings', ['DELETE records', 'DELETE record'], async server => {
  const { made, path } = await server.own('Deleted', { Name: 'a' }, { Name: 'b' }, { Name: 'c' }, { Name: 'd' });
  assert.deepEqual(await server.ok('DELETE', `${path}?records[]=${made[0].id}`), { records: [{ id: made[0].id, deleted: true }] });
  assert.deepEqual(await server.ok('DELETE', `${path}?records%5B%5D=${made[1].id}`), { records: [{ id: made[1].id, deleted: true }] });
  assert.deepEqual(await server.ok('DELETE', `${path}/?records=${made[2].id}`), { records: [{ id: made[2].id, deleted: true }] });
  assert.deepEqual(await server.ok('DELETE', `${path}/${made[3].id}`), { id: made[3].id, deleted: true });
  assert.equal((await server.send('DELETE', `${path}?records[]=${made[0].id}`)).status, 404);
});

check('performUpsert creates, updates and refuses as pyairtable\'s own test expects', ['performUpsert', '422 FAILED_STATE_CHECK'], async server => {
  const { made: [a, b], path } = await server.own('Upserts', { Name: 'a', Count: 1 }, { Name: 'b', Count: 2 });
  const upsert = (/** @type {any[]} */ records, /** @type {string[]} */ on = ['Name'], method = 'PATCH') => server.send(method, path, { records, performUpsert: { fieldsToMergeOn: on } });
  const mixed = (await upsert([{ fields: { Name: 'a', Count: 10 } }, { fields: { Name: 'new', Count: 3 } }])).json;
  assert.deepEqual([mixed.updatedRecords, mixed.createdRecords, ids(mixed)], [[a.id], [mixed.records[1].id], [a.id, mixed.records[1].id]]);
  // By id, whatever the merge fields say; an unknown id fails all.
  assert.deepEqual((await upsert([{ id: b.id, fields: { Name: 'a2' } }])).json.updatedRecords, [b.id]);
  assert.equal((await upsert([{ id: 'recAAAAAAAAAAAAAA', fields: { Name: 'z' } }, { fields: { Name: 'z' } }])).status, 404);
  assert.equal((await server.ok('GET', `${path}?filterByFormula=Name="z"`)).records.length, 0);
  // Nothing is like nothing: a record without a value is always new.
  assert.equal((await upsert([{ fields: { Name: null, Count: 7 } }])).json.createdRecords.length, 1);
  assert.equal((await upsert([{ fields: { Name: null, Count: 7 } }])).json.createdRecords.length, 1);
  assert.equal((await upsert([{ fields: { Name: 'a', Count: 10 } }], ['Name', server.ids['Upserts.Count']])).json.updatedRecords[0], a.id);
  assert.deepEqual((await upsert([{ fields: { Name: 'a' } }], ['Name'], 'PUT')).json.records[0].fields, { Name: 'a' });
  await server.ok('POST', path, { records: [{ fields: { Name: 'twice' } }, { fields: { Name: 'twice' } }] });
  const several = await upsert([{ fields: { Name: 'twice', Count: 1 } }, { fields: { Name: 'fresh' } }]);
  assert.deepEqual([several.status, several.json.error.type], [422, 'FAILED_STATE_CHECK']);
  assert.equal((await server.ok('GET', `${path}?filterByFormula=Name="fresh"`)).records.length, 0);
  assert.equal((await upsert([{ fields: {} }], ['Name', 'Count', 'State', 'Name'])).status, 422);
  assert.equal((await upsert([{ fields: {} }], [])).status, 422);
});

check('typecast makes numbers, dates, ticks, choices and linked records of texts', ['typecast'], async server => {
  const fields = { Name: 5, Count: '2.5', Done: 'true', State: 'Fresh', Tags: 'red, green', Day: '2/1/2026', Others: 'One, Two' };
  const record = await server.ok('POST', server.path('Things'), { fields, typecast: true });
  assert.deepEqual([record.fields.Name, record.fields.Count, record.fields.Done, record.fields.State, record.fields.Tags, record.fields.Others.length], ['5', 2.5, true, 'Fresh', ['red', 'green'], 2]);
  assert.match(record.fields.Day, /^2026-0[12]-0[12]$/);
  assert.deepEqual(texts(await server.ok('GET', `${server.path('Others')}?filterByFormula=OR(Name="One",Name="Two")`)), ['One', 'Two']);
  for (const field of ['Count', 'Done', 'Tags', 'Day', 'Others']) assert.equal((await server.send('POST', server.path('Things'), { fields: { [field]: /** @type {any} */ (fields)[field] } })).status, 422, field);
});

check('A bad record fails all of its request', ['All or nothing'], async server => {
  const { path } = await server.own('Atomic', { Name: 'a' });
  assert.equal((await server.send('POST', path, { records: [{ fields: { Name: 'b' } }, { fields: { Count: 'x' } }] })).status, 422);
  assert.equal((await server.ok('GET', path)).records.length, 1);
});

check('A file is added to a cell, and cells keep, order and drop files by id', ['POST uploadAttachment', 'multipleAttachments'], async server => {
  const record = await server.ok('POST', server.path('Things'), { fields: { Name: 'files' } });
  const upload = (/** @type {string} */ filename, /** @type {string} */ field) => server.ok('POST', `/v0/${server.baseId}/${record.id}/${field}/uploadAttachment`, { contentType: 'text/plain', filename, file: 'aGVsbG8=' });
  await upload('a.txt', 'Files');
  const both = (await upload('b.txt', server.ids['Things.Files'])).fields[server.ids['Things.Files']];
  assert.deepEqual(both.map((/** @type {any} */ f) => [f.filename, f.size, f.type]), [['a.txt', 5, 'text/plain'], ['b.txt', 5, 'text/plain']]);
  const [a, b] = both;
  const swapped = await server.ok('PATCH', `${server.path('Things')}/${record.id}`, { fields: { Files: [{ id: b.id }, { id: a.id }] } });
  assert.deepEqual(swapped.fields.Files.map((/** @type {any} */ f) => f.id), [b.id, a.id]);
  assert.deepEqual((await server.ok('PATCH', `${server.path('Things')}/${record.id}`, { fields: { Files: [{ id: a.id }] } })).fields.Files.map((/** @type {any} */ f) => f.id), [a.id]);
  const file = await fetch(a.url);
  assert.deepEqual([file.headers.get('x-content-type-options'), file.headers.get('content-disposition')?.includes('a.txt'), await file.text()], ['nosniff', true, 'hello']);
  const given = await server.send('PATCH', `${server.path('Things')}/${record.id}`, { fields: { Files: [{ url: 'http://127.0.0.1:1/x.png', filename: 'x.png' }] } });
  assert.equal(given.status, 200);
  assert.equal((await server.send('PATCH', `${server.path('Things')}/${record.id}`, { fields: { Files: [{ id: 'attAAAAAAAAAAAAAA' }] } })).json.error.type, 'ATTACHMENTS_FAILED_UPLOADING');
});

check('A picture says how large it is', ['multipleAttachments'], async server => {
  const record = await server.ok('POST', server.path('Things'), { fields: { Name: 'picture' } });
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452000000050000000308060000000000000000000000', 'hex').toString('base64');
  const { fields } = await server.ok('POST', `/v0/${server.baseId}/${record.id}/Files/uploadAttachment`, { contentType: 'image/png', filename: 'p.png', file: png });
  const [{ url, width, height, thumbnails }] = fields[server.ids['Things.Files']];
  assert.deepEqual([width, height, thumbnails], [5, 3, { small: { url, width: 5, height: 3 }, large: { url, width: 5, height: 3 }, full: { url, width: 5, height: 3 } }]);
});

check('Long formulas go through', ['Long formulas'], async server => {
  const { made: [a], path } = await server.own('Long', { Name: 'x'.repeat(17_000) }, { Name: 'b' });
  assert.deepEqual(ids(await server.ok('POST', `${path}/listRecords`, { filterByFormula: `{Name}='${'x'.repeat(17_000)}'` })), [a.id]);
  const terms = Array.from({ length: 499 }, (_, i) => `RECORD_ID()='rec${String(i).padStart(14, 'A')}'`);
  assert.equal((await server.ok('POST', `${path}/listRecords`, { filterByFormula: `OR(${terms.join(',')})` })).records.length, 0);
});

check('A formula that is zero, false, empty or an error leaves its record out', ['filterByFormula'], async server => {
  const { path } = await server.own('Truth', { Name: 'a', Count: 1 });
  for (const [formula, count] of Object.entries({ '0': 0, 'FALSE()': 0, '""': 0, '0/0': 0, 'ERROR()': 0, '{State}': 0, '1': 1, '"no"': 1, 'TRUE()': 1, '{Count}': 1 }))
    assert.equal((await server.ok('GET', `${path}?filterByFormula=${encodeURIComponent(formula)}`)).records.length, count, formula);
});

check('pyairtable\'s formulas over dates and ticks hold', ['filterByFormula'], async server => {
  await server.table('Pyairtable', [{ name: 'Name', type: 'singleLineText' }, { name: 'When', type: 'dateTime', options: { dateFormat: { name: 'iso' }, timeFormat: { name: '24hour' }, timeZone: 'utc' } }, { name: 'Done', type: 'checkbox', options: { icon: 'check', color: 'greenBright' } }]);
  await server.ok('POST', server.path('Pyairtable'), { fields: { Name: 'x', When: '2026-01-02T03:04:05.000Z', Done: true } });
  for (const formula of ['FIND("2026-01-02", {When})', '{Done}=1', '{Done}=TRUE()', 'DATETIME_DIFF({When}, "2026-01-01", "days")=1', 'IS_SAME({When}, "2026-01-02", "day")', '{When}=DATETIME_PARSE("2026-01-02T03:04:05.000Z")'])
    assert.equal((await server.ok('GET', `${server.path('Pyairtable')}?filterByFormula=${encodeURIComponent(formula)}`)).records.length, 1, formula);
});
