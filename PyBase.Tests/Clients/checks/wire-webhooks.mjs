// Webhooks and their payloads, as pyairtable asks for them.
import { assert, groupOf } from '../check.mjs';

const check = groupOf('wire');
/** @param {import('../server.mjs').Server} server */
const hooks = server => `/v0/bases/${server.baseId}/webhooks`;

/** A hook that is gone when the check is over: a base has ten. @param {import('../server.mjs').Server} server @param {any} options @param {(path: string, made: any) => Promise<void>} use */
async function withHook(server, options, use) {
  const made = await server.ok('POST', hooks(server), { notificationUrl: null, specification: { options } });
  await use(`${hooks(server)}/${made.id}`, made);
  await server.ok('DELETE', `${hooks(server)}/${made.id}`);
}

check('One creation and twenty changes are twenty payloads, in order', ['GET payloads', 'POST webhooks', 'Payloads'], async server => {
  const { path } = await server.own('Heard');
  await withHook(server, { filters: { dataTypes: ['tableData'], recordChangeScope: server.ids.Heard, changeTypes: ['update'] }, includes: { includePreviousCellValues: true } }, async hook => {
    const { id } = await server.ok('POST', path, { fields: { Count: 0 } });
    for (let n = 1; n <= 20; n++) await server.ok('PATCH', `${path}/${id}`, { fields: { Count: n } });
    const read = await server.ok('GET', `${hook}/payloads?cursor=1&limit=50`);
    assert.deepEqual([read.payloads.length, read.cursor, read.mightHaveMore, read.payloadFormat], [20, 21, false, 'v0']);
    const count = server.ids['Heard.Count'];
    read.payloads.forEach((/** @type {any} */ payload, /** @type {number} */ n) => {
      const changed = payload.changedTablesById[server.ids.Heard].changedRecordsById[id];
      assert.deepEqual([changed.current.cellValuesByFieldId[count], changed.previous.cellValuesByFieldId[count]], [n + 1, n]);
      assert.deepEqual([payload.payloadFormat, payload.actionMetadata.source, payload.actionMetadata.sourceMetadata.user.id], ['v0', 'publicApi', server.person.id]);
      if (n > 0) assert.equal(payload.baseTransactionNumber, read.payloads[n - 1].baseTransactionNumber + 1);
    });
    const some = await server.ok('GET', `${hook}/payloads?cursor=5&limit=2`);
    assert.deepEqual([some.payloads, some.cursor, some.mightHaveMore], [read.payloads.slice(4, 6), 7, true]);
  });
});

check('A webhook is listed, switched, refreshed and deleted', ['GET webhooks', 'DELETE webhook', 'POST enableNotifications', 'POST refresh'], async server => {
  const specification = { options: { filters: { dataTypes: ['tableData'] } } };
  const made = await server.ok('POST', hooks(server), { notificationUrl: 'https://example.org/hook', specification });
  assert.match(made.id, /^ach[A-Za-z0-9]{14}$/);
  assert.ok(Buffer.from(made.macSecretBase64, 'base64').length >= 32 && Date.parse(made.expirationTime) - Date.now() > 6.9 * 86_400_000);
  const shown = (await server.ok('GET', hooks(server))).webhooks.find((/** @type {any} */ h) => h.id === made.id);
  assert.deepEqual(shown, { id: made.id, areNotificationsEnabled: true, cursorForNextPayload: 1, isHookEnabled: true, lastSuccessfulNotificationTime: null, notificationUrl: 'https://example.org/hook', expirationTime: made.expirationTime, lastNotificationResult: null, specification });
  assert.equal((await server.send('POST', `${hooks(server)}/${made.id}/enableNotifications`, { enable: false })).status, 200);
  assert.equal(typeof (await server.ok('POST', `${hooks(server)}/${made.id}/refresh`)).expirationTime, 'string');
  assert.equal((await server.send('DELETE', `${hooks(server)}/${made.id}`)).status, 200);
});

check('A specification leaves out what it does not name', ['dataTypes', 'recordChangeScope', 'changeTypes', 'fromSources', 'watchDataInFieldIds', 'watchSchemasOfFieldIds', 'includeCellValuesInFieldIds', 'includePreviousCellValues', 'includePreviousFieldDefinitions', 'sourceOptions'], async server => {
  const { made: [a], path } = await server.own('Filtered', { Name: 'a', Count: 1 });
  const [table, name, count] = [server.ids.Filtered, server.ids['Filtered.Name'], server.ids['Filtered.Count']];
  /** @type {[any, any, (payloads: any[]) => void][]} */
  const cases = [
    [{ dataTypes: ['tableData'], changeTypes: ['add'] }, undefined, p => assert.equal(p.length, 1)],
    [{ dataTypes: ['tableData'], watchDataInFieldIds: [count], recordChangeScope: table, changeTypes: ['update'] }, { includeCellValuesInFieldIds: [name], includePreviousCellValues: true }, p => {
      const { current, previous, unchanged } = p.at(-1).changedTablesById[table].changedRecordsById[a.id];
      assert.deepEqual([current, previous, unchanged].map(c => c.cellValuesByFieldId), [{ [count]: 2 }, { [count]: 1 }, { [name]: 'b' }]);
    }],
    [{ dataTypes: ['tableFields'], watchSchemasOfFieldIds: [name] }, { includePreviousFieldDefinitions: true }, p => {
      assert.deepEqual(p.map(x => x.changedTablesById[table].changedFieldsById[name]), [{ current: { name: 'Title', type: 'singleLineText' }, previous: { name: 'Name', type: 'singleLineText' } }]);
    }],
    [{ dataTypes: ['tableMetadata'] }, undefined, p => assert.deepEqual(p.map(x => x.changedTablesById[table].changedMetadata.current.name), ['Filtered out'])],
    [{ dataTypes: ['tableData'], fromSources: ['client'] }, undefined, p => assert.equal(p.length, 0)],
    [{ dataTypes: ['tableData'], fromSources: ['formSubmission', 'publicApi'], sourceOptions: { formSubmission: { viewId: 'viwAAAAAAAAAAAAAA' } } }, undefined, p => assert.equal(p.length, 3)],
  ];
  const made = [];
  for (const [filters, includes] of cases) made.push(await server.ok('POST', hooks(server), { specification: { options: { filters, includes } } }));
  await server.ok('PATCH', `${path}/${a.id}`, { fields: { Name: 'b' } });
  await server.ok('PATCH', `${path}/${a.id}`, { fields: { Count: 2 } });
  await server.ok('POST', path, { fields: { Name: 'c' } });
  await server.ok('PATCH', `${server.meta}/tables/Filtered/fields/Count`, { description: 'x' });
  await server.ok('PATCH', `${server.meta}/tables/Filtered/fields/Name`, { name: 'Title' });
  await server.ok('PATCH', `${server.meta}/tables/Filtered`, { name: 'Filtered out' });
  for (const [n, [, , expect]] of cases.entries()) {
    expect((await server.ok('GET', `${hooks(server)}/${made[n].id}/payloads`)).payloads);
    await server.ok('DELETE', `${hooks(server)}/${made[n].id}`);
  }
});
