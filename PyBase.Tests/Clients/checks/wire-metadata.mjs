// Bases, tables, fields, views and workspaces, as pyairtable asks for them.
import { assert, groupOf } from '../check.mjs';

const check = groupOf('wire');

check('whoami says who the token is', ['GET whoami'], async server => {
  const me = await server.ok('GET', '/v0/meta/whoami');
  assert.deepEqual([me.id.slice(0, 3), typeof me.email, me.scopes.includes('data.records:read')], ['usr', 'string', true]);
});

check('Bases are listed, made, renamed and deleted', ['GET bases', 'POST bases', 'GET base', 'DELETE base'], async server => {
  const made = await server.ok('POST', '/v0/meta/bases', { name: 'Short-lived', workspaceId: server.workspace, tables: [{ name: 'T', description: 'd', fields: [{ name: 'Name', type: 'singleLineText', description: 'f' }] }] });
  assert.deepEqual([Object.keys(made), made.tables[0].name, made.tables[0].description, made.tables[0].fields[0].description], [['id', 'tables'], 'T', 'd', 'f']);
  const listed = (await server.ok('GET', '/v0/meta/bases')).bases.find((/** @type {any} */ b) => b.id === made.id);
  assert.deepEqual([listed.name, listed.permissionLevel], ['Short-lived', 'create']);
  const whole = await server.ok('GET', `/v0/meta/bases/${made.id}?include=collaborators&include=inviteLinks&include=interfaces`);
  assert.deepEqual([whole.id, whole.name, whole.permissionLevel, whole.workspaceId, whole.interfaces], [made.id, 'Short-lived', 'create', server.workspace, {}]);
  assert.equal(whole.individualCollaborators.workspaceCollaborators[0].userId, server.person.id);
  assert.deepEqual([whole.groupCollaborators, whole.inviteLinks], [{ baseCollaborators: [], workspaceCollaborators: [] }, { baseInviteLinks: [], workspaceInviteLinks: [] }]);
  assert.deepEqual(await server.ok('DELETE', `/v0/meta/bases/${made.id}`), { id: made.id, deleted: true });
  assert.equal((await server.send('GET', `/v0/meta/bases/${made.id}`)).status, 403);
});

check('A base shows its tables with fields and views', ['GET tables', 'include=visibleFieldIds'], async server => {
  await server.own('Shown');
  const shown = async (/** @type {string} */ query) => (await server.ok('GET', `${server.meta}/tables${query}`)).tables.find((/** @type {any} */ t) => t.name === 'Shown');
  const table = await shown('');
  assert.deepEqual([table.id, table.primaryFieldId, table.fields[1]], [server.ids.Shown, server.ids['Shown.Name'], { id: server.ids['Shown.Count'], name: 'Count', type: 'number', options: { precision: 1 } }]);
  assert.deepEqual(Object.keys(table.views[0]), ['id', 'name', 'type']);
  for (const query of ['?include=visibleFieldIds', '?include[]=visibleFieldIds']) assert.deepEqual((await shown(query)).views[0].visibleFieldIds, table.fields.map((/** @type {any} */ f) => f.id));
});

check('Tables and fields are made and changed, computed ones too', ['POST tables', 'PATCH table', 'POST fields', 'PATCH field'], async server => {
  const table = await server.table('Made', [{ name: 'Name', type: 'singleLineText' }, { name: 'Count', type: 'number', options: { precision: 0 } }]);
  assert.deepEqual([table.name, table.primaryFieldId, table.views[0].type], ['Made', table.fields[0].id, 'grid']);
  assert.deepEqual((({ id, name, description }) => ({ id, name, description }))(await server.ok('PATCH', `${server.meta}/tables/Made`, { name: 'Remade', description: 'what it is' })), { id: table.id, name: 'Remade', description: 'what it is' });
  const field = await server.ok('POST', `${server.meta}/tables/${table.id}/fields`, { name: 'Twice', type: 'formula', description: 'd', options: { formula: '{Count}*2' } });
  assert.deepEqual(field, { id: field.id, name: 'Twice', type: 'formula', description: 'd', options: { isValid: true, formula: `{${table.fields[1].id}}*2`, referencedFieldIds: [table.fields[1].id], result: { type: 'number', options: field.options.result.options } } });
  assert.equal((await server.ok('PATCH', `${server.meta}/tables/${table.id}/fields/${field.id}`, { name: 'Double', description: 'x' })).name, 'Double');
  for (const type of ['autoNumber', 'createdTime', 'lastModifiedTime', 'createdBy', 'lastModifiedBy', 'aiText', 'button'])
    assert.equal((await server.ok('POST', `${server.meta}/tables/${table.id}/fields`, { name: type, type })).type, type);
  assert.deepEqual(await server.ok('DELETE', `${server.meta}/tables/${table.id}/fields/Double`), { id: field.id, deleted: true });
  assert.deepEqual(await server.ok('DELETE', `${server.meta}/tables/${table.id}`), { id: table.id, deleted: true });
});

/** As in pyairtable's samples of fields. @type {Record<string, [unknown, unknown]>} */
const options = {
  dateTime: [{ dateFormat: { name: 'local' }, timeFormat: { name: '12hour' }, timeZone: 'client' }, { dateFormat: { name: 'local', format: 'l' }, timeFormat: { name: '12hour', format: 'h:mma' }, timeZone: 'client' }],
  date: [{ dateFormat: { name: 'european', format: 'D/M/YYYY' } }, { dateFormat: { name: 'european', format: 'D/M/YYYY' } }],
  duration: [{ durationFormat: 'h:mm:ss.SS' }, { durationFormat: 'h:mm:ss.SS' }],
  number: [{ precision: 8 }, { precision: 8 }],
  currency: [{ precision: 7, symbol: '$' }, { precision: 7, symbol: '$' }],
  percent: [{ precision: 2 }, { precision: 2 }],
  rating: [{ icon: 'star', max: 10, color: 'redBright' }, { icon: 'star', max: 10, color: 'redBright' }],
  checkbox: [{ icon: 'xCheckbox', color: 'tealBright' }, { icon: 'xCheckbox', color: 'tealBright' }],
  multipleAttachments: [undefined, { isReversed: false }],
  singleSelect: [{ choices: [{ id: 'selAAAAAAAAAAAAAA', name: 'a', color: 'blueLight2' }] }, { choices: [{ id: 'selAAAAAAAAAAAAAA', name: 'a', color: 'blueLight2' }] }],
};

check('Options of fields are shown as Airtable shows them', ['Options of fields'], async server => {
  const made = await server.table('Options', [{ name: 'Name', type: 'singleLineText' }, ...Object.entries(options).map(([type, [sent]]) => ({ name: type, type, options: sent }))]);
  for (const [type, [, shown]] of Object.entries(options)) assert.deepEqual(made.fields.find((/** @type {any} */ f) => f.name === type).options, shown, type);
  const add = (/** @type {string} */ name, /** @type {string} */ type, /** @type {any} */ sent) => server.ok('POST', `${server.meta}/tables/Options/fields`, { name, type, options: sent });
  const link = await add('Link', 'multipleRecordLinks', { linkedTableId: server.ids.Others });
  assert.deepEqual(link.options, { linkedTableId: server.ids.Others, isReversed: false, prefersSingleRecordLink: false, inverseLinkFieldId: link.options.inverseLinkFieldId });
  const lookup = await add('Lookup', 'multipleLookupValues', { recordLinkFieldId: link.id, fieldIdInLinkedTable: server.ids['Others.Name'] });
  assert.deepEqual(lookup.options, { isValid: true, recordLinkFieldId: link.id, fieldIdInLinkedTable: server.ids['Others.Name'], result: { type: 'singleLineText' } });
  assert.deepEqual((await add('Number of them', 'count', { recordLinkFieldId: link.id })).options, { isValid: true, recordLinkFieldId: link.id });
  const rollup = await add('Rollup', 'rollup', { recordLinkFieldId: link.id, fieldIdInLinkedTable: server.ids['Others.Name'], formula: 'COUNTA(values)' });
  assert.deepEqual([rollup.options.isValid, rollup.options.recordLinkFieldId, rollup.options.fieldIdInLinkedTable, Array.isArray(rollup.options.referencedFieldIds), rollup.options.result.type], [true, link.id, server.ids['Others.Name'], true, 'number']);
});

check('The choices of a select are renamed, coloured, ordered, added and taken away by PATCH', ['PATCH field options.choices'], async server => {
  const { path } = await server.own('Choices', { Name: 'a', State: 'Open' });
  const field = `${server.meta}/tables/Choices/fields/State`;
  const [open] = (await server.ok('PATCH', field, { description: 'seen' })).options.choices;
  const changed = await server.ok('PATCH', field, { options: { choices: [{ name: 'Closed', color: 'redBright' }, { id: open.id, name: 'Begun', color: 'greenDark1' }] } });
  assert.deepEqual(changed.options.choices.map((/** @type {any} */ c) => [c.name, c.color]), [['Closed', 'redBright'], ['Begun', 'greenDark1']]);
  assert.equal(changed.options.choices[1].id, open.id);
  assert.equal((await server.ok('GET', path)).records[0].fields.State, 'Begun');
  assert.equal((await server.ok('GET', `${path}?filterByFormula=State="Begun"`)).records.length, 1);
  const refused = await server.send('PATCH', field, { options: { choices: [{ id: changed.options.choices[0].id, name: 'Closed' }] } });
  assert.deepEqual([refused.status, refused.json.error.type], [422, 'CHOICE_IN_USE']);
  assert.equal((await server.ok('PATCH', field, { options: { choices: [{ id: open.id, name: 'Begun' }] } })).options.choices.length, 1);
});

check('PATCH of a field takes constraints', ['PATCH field constraints'], async server => {
  const { path } = await server.own('Constrained', { Name: 'a', Count: 1 });
  const field = `${server.meta}/tables/Constrained/fields/${server.ids['Constrained.Name']}`;
  assert.deepEqual((await server.ok('PATCH', field, { name: 'Key', constraints: { required: true, unique: true } })).constraints, { required: true, unique: true });
  assert.equal((await server.send('POST', path, { fields: { Key: 'a' } })).status, 422);
  assert.equal((await server.send('POST', path, { fields: { Count: 1 } })).status, 422);
  assert.equal((await server.ok('PATCH', field, { constraints: {} })).constraints, undefined);
  assert.equal((await server.ok('POST', path, { fields: { Key: 'a' } })).fields.Key, 'a');
});

check('Views are listed, shown and deleted', ['GET views', 'GET view', 'DELETE view'], async server => {
  await server.own('Viewed');
  const { views } = (await server.ok('GET', `${server.meta}/tables`)).tables.find((/** @type {any} */ t) => t.name === 'Viewed');
  const [view] = views;
  assert.deepEqual((({ id, name, type }) => ({ id, name, type }))(await server.ok('GET', `${server.meta}/views/${view.id}`)), view);
  assert.ok((await server.ok('GET', `${server.meta}/views`)).views.some((/** @type {any} */ v) => v.id === view.id));
  assert.equal((await server.send('DELETE', `${server.meta}/views/${view.id}`)).json.error.type, 'LAST_VIEW');
  const other = await server.send('POST', `/api/bases/${server.baseId}/tables/Viewed/views`, { name: 'Second', type: 'grid' });
  assert.deepEqual(await server.ok('DELETE', `${server.meta}/views/${other.json.id}`), { id: other.json.id, deleted: true });
});

check('Shares and a workspace are shown', ['GET shares', 'GET workspace'], async server => {
  assert.deepEqual(await server.ok('GET', `${server.meta}/shares`), { shares: [] });
  const workspace = await server.ok('GET', `/v0/meta/workspaces/${server.workspace}`);
  assert.deepEqual([workspace.id, workspace.baseIds.includes(server.baseId), workspace.individualCollaborators.workspaceCollaborators[0].permissionLevel], [server.workspace, true, 'owner']);
});

check('A base that moves here keeps its ids', ['Fixed ids'], async server => {
  const random = () => Array.from({ length: 14 }, () => 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'[Math.floor(Math.random() * 62)]).join('');
  const ids = Object.fromEntries(['app', 'tbl', 'viw', 'fld', 'fl2', 'rec'].map(p => [p, (p === 'fl2' ? 'fld' : p) + random()]));
  const made = await server.ok('POST', '/v0/meta/bases', { id: ids.app, name: 'Moved', workspaceId: server.workspace, tables: [{ id: ids.tbl, name: 'T', views: [{ id: ids.viw, name: 'All', type: 'grid' }], fields: [{ id: ids.fld, name: 'Name', type: 'singleLineText' }] }] });
  assert.deepEqual([made.id, made.tables[0].id, made.tables[0].fields[0].id, made.tables[0].views.map((/** @type {any} */ v) => [v.id, v.name])], [ids.app, ids.tbl, ids.fld, [[ids.viw, 'All']]]);
  assert.equal((await server.ok('POST', `/v0/meta/bases/${ids.app}/tables/T/fields`, { id: ids.fl2, name: 'Count', type: 'number', options: { precision: 0 } })).id, ids.fl2);
  assert.equal((await server.ok('POST', `/v0/${ids.app}/${ids.tbl}`, { records: [{ id: ids.rec, createdTime: '2020-01-02T03:04:05.000Z', fields: { Name: 'x' } }] })).records[0].id, ids.rec);
  assert.equal((await server.ok('GET', `/v0/${ids.app}/${ids.tbl}/${ids.rec}`)).createdTime, '2020-01-02T03:04:05.000Z');
  for (const [path, body] of /** @type {[string, any][]} */ ([['/v0/meta/bases', { id: ids.app, name: 'Again', workspaceId: server.workspace, tables: [] }], [`/v0/meta/bases/${ids.app}/tables`, { id: ids.tbl, name: 'U', fields: [{ name: 'N', type: 'singleLineText' }] }],
    [`/v0/meta/bases/${ids.app}/tables/T/fields`, { id: ids.fld, name: 'Other', type: 'singleLineText' }], [`/v0/${ids.app}/${ids.tbl}`, { records: [{ id: ids.rec, fields: {} }] }], ['/v0/meta/bases', { id: 'mine', name: 'x', workspaceId: server.workspace, tables: [] }]])) {
    const answer = await server.send('POST', path, body);
    assert.deepEqual([answer.status, answer.json.error.type], [422, 'INVALID_ID'], `${path} ${answer.text}`);
  }
});

check('A CSV file is synced into a table, and again', ['POST sync'], async server => {
  const { path } = await server.own('Synced', { Name: 'own', Count: 9 });
  const sync = (/** @type {string} */ csv) => server.send('POST', `${path}/sync/parts`, csv, { 'content-type': 'text/csv' });
  const first = await sync('Name,Count,Colour\r\nbolt,1,"grey, light"\r\nnut,2,black\r\n');
  assert.deepEqual([first.status, first.json], [200, { success: true }], first.text);
  const rows = async () => (await server.ok('GET', path)).records.map((/** @type {any} */ r) => [r.fields.Name, r.fields.Count, r.fields.Colour]);
  assert.deepEqual(await rows(), [['own', 9, undefined], ['bolt', 1, 'grey, light'], ['nut', 2, 'black']]);
  const bolt = (await server.ok('GET', `${path}?filterByFormula=Name="bolt"`)).records[0].id;
  assert.equal((await sync('Name,Count,Colour\nwasher,3,\nbolt,5,blue\n')).status, 200);
  assert.deepEqual(await rows(), [['own', 9, undefined], ['bolt', 5, 'blue'], ['washer', 3, undefined]]);
  assert.equal((await server.ok('GET', `${path}?filterByFormula=Name="bolt"`)).records[0].id, bolt);
  for (const bad of ['', 'Name,Name\na,b', `Name\n${'x'.repeat(2_100_000)}`, `Name\n${'x\n'.repeat(10_001)}`, 'Name,Count\nbolt,many']) {
    const answer = await sync(bad);
    assert.ok([413, 422].includes(answer.status), `${bad.slice(0, 20)} ${answer.status}`);
  }
  assert.deepEqual((await rows()).length, 3);
});

check('A token may what its scopes say', ['Scopes'], async server => {
  const scopes = ['data.records:read', 'data.records:write', 'data.recordComments:read', 'data.recordComments:write', 'schema.bases:read', 'schema.bases:write', 'webhook:manage', 'user.email:read'];
  const { made: [a], path } = await server.own('Scoped', { Name: 'a' });
  /** @type {Record<string, [string, string, unknown?][]>} */
  const needs = {
    'data.records:read': [['GET', path], ['GET', `${path}/${a.id}`], ['POST', `${path}/listRecords`, {}]],
    'data.records:write': [['POST', path, { fields: {} }], ['PATCH', `${path}/${a.id}`, { fields: {} }]],
    'data.recordComments:read': [['GET', `${path}/${a.id}/comments`]],
    'data.recordComments:write': [['POST', `${path}/${a.id}/comments`, { text: 'x' }]],
    'schema.bases:read': [['GET', `${server.meta}/tables`], ['GET', '/v0/meta/bases'], ['GET', server.meta], ['GET', `${server.meta}/views`], ['GET', `/v0/meta/workspaces/${server.workspace}`]],
    'schema.bases:write': [['PATCH', `${server.meta}/tables/Scoped`, { description: 'x' }]],
    'webhook:manage': [['GET', `/v0/bases/${server.baseId}/webhooks`]],
    'user.email:read': [],
  };
  for (const scope of scopes) {
    const { token } = (await server.send('POST', '/api/tokens', { name: scope, scopes: [scope] })).json;
    const bearer = { authorization: `Bearer ${token}` };
    const me = (await server.send('GET', '/v0/meta/whoami', undefined, bearer)).json;
    assert.deepEqual([me.scopes, 'email' in me], [[scope], scope === 'user.email:read']);
    for (const [need, requests] of Object.entries(needs)) for (const [method, where, body] of requests)
      assert.equal((await server.send(method, where, body, bearer)).status, need === scope ? 200 : 403, `${scope}: ${method} ${where}`);
  }
});

check('A browser on another site may ask with a token', ['CORS'], async server => {
  const answer = await fetch(`${server.url}${server.path('Things')}`, { method: 'OPTIONS', headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'PATCH', 'access-control-request-headers': 'authorization,content-type,x-api-version,x-airtable-application-id,x-airtable-user-agent' } });
  assert.equal(answer.status, 204);
  for (const header of ['authorization', 'content-type', 'x-api-version', 'x-airtable-application-id', 'x-airtable-user-agent']) assert.ok(answer.headers.get('access-control-allow-headers')?.includes(header));
  for (const method of ['GET', 'POST', 'PATCH', 'PUT', 'DELETE', 'OPTIONS']) assert.ok(answer.headers.get('access-control-allow-methods')?.includes(method));
});

check('A personal token does not open the door of the directory', ['SCIM'], async server => {
  for (const path of ['/scim/v2/Users', '/scim/v2/Groups']) {
    const answer = await server.send('GET', path);
    assert.equal(answer.status, 401);
    assert.ok(answer.headers.get('content-type')?.includes('application/scim+json'));
  }
});

check('What only an enterprise has is not here', ['Enterprise routes'], async server => {
  for (const path of ['/v0/meta/enterpriseAccounts/entAAAAAAAAAAAAAA', '/v0/meta/enterpriseAccounts/entAAAAAAAAAAAAAA/users', '/v0/meta/enterpriseAccounts/entAAAAAAAAAAAAAA/groups', '/v0/meta/enterpriseAccounts/entAAAAAAAAAAAAAA/auditLogEvents'])
    assert.ok([403, 404].includes((await server.send('GET', path)).status));
});
