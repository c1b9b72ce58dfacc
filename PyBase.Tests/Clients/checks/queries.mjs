// select with each of its parameters, and each way to its records.
import { assert, groupOf, refused } from '../check.mjs';

const check = groupOf('client');

/** @template T @param {(done: (error: any, value?: T) => void) => void} begin @returns {Promise<T>} */
const called = begin => new Promise((resolve, reject) => begin((error, value) => error ? reject(error) : resolve(/** @type {T} */ (value))));

/** @param {import('../server.mjs').Server} server @returns {Promise<import('airtable').Table<import('../server.mjs').Thing>>} */
const letters = server => tables.get(server) ?? tables.set(server, server.own('Letters', { Name: 'a', Count: 1 }, { Name: 'b', Count: 2, State: 'Open' }, { Name: 'c', Count: 3 }).then(o => o.table)).get(server);
/** @type {WeakMap<object, any>} */
const tables = new WeakMap();
/** @param {import('airtable').Records<import('../server.mjs').Thing> | undefined} records */
const names = records => records?.map(r => r.get('Name')).join('');

check('firstPage, all and eachPage give records', ['GET records'], async server => {
  const t = await letters(server);
  assert.equal(names(await t.select().firstPage()), 'abc');
  assert.equal(names(await called(done => t.select().firstPage(done))), 'abc');
  assert.equal(names(await t.select({ pageSize: 2 }).all()), 'abc');
  assert.equal(names(await called(done => t.select().all(done))), 'abc');
  const pages = [''].slice(1);
  await t.select({ pageSize: 2 }).eachPage((records, next) => { pages.push(names(records) ?? ''); next(); });
  await called(done => t.select({ pageSize: 1 }).eachPage((records, next) => { pages.push(names(records) ?? ''); next(); }, done));
  assert.deepEqual(pages, ['ab', 'c', 'a', 'b', 'c']);
});

check('fields picks cells', ['fields'], async server =>
  assert.deepEqual((await (await letters(server)).select({ fields: ['Count'] }).all()).map(r => r.fields), [{ Count: 1 }, { Count: 2 }, { Count: 3 }]));

check('filterByFormula picks records', ['filterByFormula'], async server =>
  assert.equal(names(await (await letters(server)).select({ filterByFormula: 'AND({Count} > 1, {Name} != "c")' }).all()), 'b'));

check('maxRecords counts over all pages', ['maxRecords', 'pageSize'], async server =>
  assert.equal(names(await (await letters(server)).select({ maxRecords: 2, pageSize: 1 }).all()), 'ab'));

check('sort orders, up and down', ['sort'], async server => {
  const t = await letters(server);
  assert.equal(names(await t.select({ sort: [{ field: 'Count', direction: 'desc' }] }).all()), 'cba');
  assert.equal(names(await t.select({ sort: [{ field: 'State', direction: 'desc' }, { field: 'Count', direction: 'asc' }] }).all()), 'bac');
  assert.equal(names(await t.select({ sort: [{ field: 'Name' }] }).all()), 'abc');
});

check('view names a view', ['view'], async server => assert.equal(names(await (await letters(server)).select({ view: 'Grid view' }).all()), 'abc'));

check('offset continues where a page ended', ['offset', '422 INVALID_OFFSET_VALUE'], async server => {
  const t = await letters(server);
  const Query = /** @type {typeof import('airtable/lib/query.js')} */ (t.select().constructor);
  const page = await server.ok('GET', `${server.path('Letters')}?pageSize=2`);
  assert.equal(names(await new Query(t, { pageSize: 2, offset: page.offset }).firstPage()), 'c');
  // select itself takes numbers only, which Airtable's offsets have never been.
  await refused(t.select({ offset: 5 }).all(), 422, 'INVALID_OFFSET_VALUE');
});

check('cellFormat gives values or texts', ['cellFormat', 'timeZone', 'userLocale'], async server => {
  const t = await letters(server);
  assert.deepEqual((await t.select({ cellFormat: 'string', timeZone: 'utc', userLocale: 'en-gb' }).all())[0].fields, { Name: 'a', Count: '1.0' });
  assert.deepEqual((await t.select({ cellFormat: 'json' }).all())[0].fields, { Name: 'a', Count: 1 });
});

check('method post sends parameters in the body', ['POST listRecords'], async server => {
  const t = await letters(server);
  assert.equal(names(await t.select({ method: 'post', fields: ['Name'], sort: [{ field: 'Name', direction: 'desc' }], maxRecords: 2, pageSize: 1, timeZone: 'Europe/Zurich', userLocale: 'de', cellFormat: 'string', recordMetadata: ['commentCount'], returnFieldsByFieldId: false }).all()), 'cb');
});

check('returnFieldsByFieldId names cells by id', ['returnFieldsByFieldId'], async server =>
  assert.deepEqual(Object.keys((await (await letters(server)).select({ returnFieldsByFieldId: true, fields: ['Name'] }).firstPage())[0].fields), [server.ids['Letters.Name']]));

check('recordMetadata adds the number of comments', ['recordMetadata'], async server => {
  const t = await letters(server);
  const [record] = await t.select({ recordMetadata: ['commentCount'] }).firstPage();
  assert.equal(record.commentCount, 0);
  /** @type {import('airtable').RecordData<import('../server.mjs').Thing>} */
  const raw = record._rawJson;
  assert.deepEqual([raw.id, raw.fields.Name, raw.commentCount], [record.id, 'a', 0]);
});

check('A formula of 17,000 characters and an OR of 499 terms go through', ['Long formulas'], async server => {
  const t = await letters(server);
  assert.equal((await t.select({ filterByFormula: `Name = "${'x'.repeat(17_000)}"` }).all()).length, 0);
  const [record] = await t.select({ maxRecords: 1 }).all();
  const terms = Array.from({ length: 498 }, (_, i) => `RECORD_ID()='rec${String(i).padStart(14, 'A')}'`);
  assert.equal(names(await t.select({ filterByFormula: `OR(${terms.join(',')}, RECORD_ID()='${record.id}')` }).all()), 'a');
});

check('select refuses parameters that are none, before anything is sent', [], async server => {
  const t = await letters(server);
  const Query = /** @type {typeof import('airtable/lib/query.js')} */ (t.select().constructor);
  assert.deepEqual(Query.validateParams({ pageSize: 2, ...{ colour: 'red' } }), { validParams: { pageSize: 2 }, ignoredKeys: ['colour'], errors: [] });
  assert.throws(() => t.select({ pageSize: /** @type {any} */ ('many') }), /invalid parameters/);
  assert.equal(names(await new Query(t, { maxRecords: 1 }).all()), 'a');
  const { fields, filterByFormula, maxRecords, pageSize, offset, sort, view, cellFormat, timeZone, userLocale, method, returnFieldsByFieldId, recordMetadata } = Query.paramValidators;
  const good = [fields(['Name']), filterByFormula('TRUE()'), maxRecords(1), pageSize(1), offset(1), sort([{ field: 'Name', direction: 'asc' }]), view('Grid view'),
    cellFormat('json'), timeZone('utc'), userLocale('de'), method(/** @type {any} */ ('post')), returnFieldsByFieldId(true), recordMetadata(['commentCount'])];
  assert.deepEqual(good.map(g => g.pass), good.map(() => true));
  const bad = [fields(/** @type {any} */ (1)), sort(/** @type {any} */ ('Name')), cellFormat(/** @type {any} */ ('xml')), method(/** @type {any} */ ('put'))];
  assert.deepEqual(bad.map(b => b.pass), [false, false, false, false]);
});
