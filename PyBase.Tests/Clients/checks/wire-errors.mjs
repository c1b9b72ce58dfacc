// Every row of the table of errors, with its status and its body.
import { assert, groupOf } from '../check.mjs';

const check = groupOf('wire');
const modelNotFound = 'Invalid permissions, or the requested model was not found. Check that both your user and your token have the required permissions, and that the model names and/or ids are correct.';
/** @typedef {{ method?: string, path?: string, body?: unknown, type?: string, message: string | RegExp }} Case */

/** `{path}` is a table with Name, Count and State; a case without a type is the bare string. @type {Record<string, Case | Case[]>} */
const rows = {
  '400 INVALID_REQUEST_BODY': ['{', '[]', '"text"', 'null'].map(body => ({ method: 'POST', body, message: 'Could not parse request body' })),
  '403 INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND': [{ path: '/v0/{base}/None', message: modelNotFound }, { path: '/v0/appAAAAAAAAAAAAAA/Things', message: modelNotFound }, { path: '/v0/meta/bases/appAAAAAAAAAAAAAA/tables', message: modelNotFound }],
  '404 NOT_FOUND': ['/v0/{base}', '/v0/{base}/Things/recAAAAAAAAAAAAAA', '/v0/{base}/Things/nonsense', '/v0/none/of/all/these', '{path}/recAAAAAAAAAAAAAA/comments'].map(path => ({ path, message: '' })),
  '422 INVALID_REQUEST_UNKNOWN': [{ path: '{path}?maxRecords=none', message: 'Invalid request: parameter validation failed. Check your request data.' }, { method: 'POST', path: '{path}/listRecords', body: { maxRecords: 'x' }, message: /./ }],
  '422 INVALID_REQUEST_MISSING_FIELDS': { method: 'POST', body: {}, message: 'Could not find field "fields" in the request body' },
  '422 INVALID_RECORDS': [{ method: 'POST', body: { records: [] }, message: /^You must provide an array of up to 1000 record objects, each with an "id" ID field and a "fields" object for cell values\.$/ }, { method: 'PATCH', body: { records: [{ fields: {} }] }, message: /^You must provide an array/ }],
  '422 UNKNOWN_FIELD_NAME': [{ method: 'POST', body: { fields: { X: 1 } }, message: 'Unknown field name: "X"' }, { path: '{path}?fields[]=X', message: 'Unknown field name: "X"' }, { path: '{path}?sort[0][field]=X', message: 'Unknown field name: "X"' }],
  '422 INVALID_VALUE_FOR_COLUMN': { method: 'POST', body: { fields: { Count: 'x' } }, message: 'Field "Count" cannot accept the provided value' },
  '422 INVALID_MULTIPLE_CHOICE_OPTIONS': { method: 'POST', body: { fields: { State: 'X' } }, message: 'Insufficient permissions to create new select option "\\"X\\""' },
  '422 ROW_DOES_NOT_EXIST': { method: 'POST', path: '/v0/{base}/Things', body: { fields: { Others: ['recAAAAAAAAAAAAAA'] } }, message: 'Record ID recAAAAAAAAAAAAAA does not exist in this table' },
  '422 INVALID_FILTER_BY_FORMULA': ['NOPE(', '{None}=1', 'NONE()', 'LEFT()'].map(formula => ({ path: `{path}?filterByFormula=${encodeURIComponent(formula)}`, message: /^The formula for filtering records is invalid: ./ })),
  '422 INVALID_OFFSET_VALUE': { path: '{path}?offset=none', message: /./ },
  '422 VIEW_NAME_NOT_FOUND': { path: '{path}?view=None', message: /None/ },
  '422 VIEW_ID_NOT_FOUND': { path: '{path}?view=viwAAAAAAAAAAAAAA', message: /viwAAAAAAAAAAAAAA/ },
  '422 INVALID_PAGE_SIZE_ARGUMENT': ['0', '1001'].map(size => ({ path: `{path}?pageSize=${size}`, message: /./ })),
  '422 ATTACHMENTS_FAILED_UPLOADING': [{ method: 'POST', path: '/v0/{base}/Things', body: { fields: { Files: [{ id: 'attAAAAAAAAAAAAAA' }] } }, message: /./ }, { method: 'POST', path: '/v0/{base}/Things', body: { fields: { Files: [{ url: 'file:///etc/passwd' }] } }, message: /./ }],
  '422 DUPLICATE_TABLE_NAME': { method: 'POST', path: '/v0/meta/bases/{base}/tables', body: { name: 'Things', fields: [{ name: 'N', type: 'singleLineText' }] }, message: /Things/ },
  '422 DUPLICATE_OR_EMPTY_FIELD_NAME': [{ method: 'POST', path: '/v0/meta/bases/{base}/tables/Things/fields', body: { name: 'Name', type: 'singleLineText' }, message: /Name/ }, { method: 'POST', path: '/v0/meta/bases/{base}/tables/Things/fields', body: { name: '', type: 'singleLineText' }, message: /./ }],
};

for (const [row, cases] of Object.entries(rows)) {
  const [status, type] = row.split(' ');
  check(`${type} is ${status}`, [row], async server => {
    if (!server.ids.Refused) await server.own('Refused');
    for (const { method = 'GET', path = '{path}', body, message } of [cases].flat()) {
      const answer = await server.send(method, path.replace('{path}', server.path('Refused')).replace('{base}', server.baseId), body);
      assert.deepEqual([answer.status, answer.headers.get('content-type')], [Number(status), 'application/json; charset=utf-8'], `${method} ${path} ${answer.text}`);
      if (status === '404') { assert.deepEqual(answer.json, { error: 'NOT_FOUND' }); continue; }
      const { error, ...rest } = answer.json;
      assert.deepEqual([error.type, rest], [type, {}], answer.text);
      typeof message === 'string' ? assert.equal(error.message, message) : assert.match(error.message, message);
    }
  });
}

check('Nobody is AUTHENTICATION_REQUIRED', ['401 AUTHENTICATION_REQUIRED'], async server => {
  for (const authorization of ['', 'Bearer patNone', 'Bearer ', 'Basic x']) {
    const answer = await server.send('GET', server.path('Things'), undefined, { authorization });
    assert.deepEqual([answer.status, answer.json], [401, { error: { type: 'AUTHENTICATION_REQUIRED', message: 'Authentication required' } }]);
  }
});

check('Who may not is INVALID_PERMISSIONS', ['403 INVALID_PERMISSIONS'], async server => {
  const { token } = (await server.send('POST', '/api/tokens', { name: 'reads', scopes: ['data.records:read'] })).json;
  const answer = await server.send('POST', server.path('Things'), { fields: {} }, { authorization: `Bearer ${token}` });
  assert.deepEqual([answer.status, answer.json], [403, { error: { type: 'INVALID_PERMISSIONS', message: 'You are not permitted to perform this operation' } }]);
});

check('What Airtable refuses to make is made here, and offsets live for ever', ['422 UNSUPPORTED_FIELD_TYPE_FOR_CREATE', '422 LIST_RECORDS_ITERATOR_NOT_AVAILABLE', '404 MODEL_ID_NOT_FOUND'], async server => {
  await server.own('Beyond');
  await server.ok('POST', `${server.meta}/tables/Beyond/fields`, { name: 'Sum', type: 'formula', options: { formula: '1+1' } });
  assert.equal((await server.send('GET', `${server.path('Beyond')}/recAAAAAAAAAAAAAA`)).text, '{"error":"NOT_FOUND"}');
});
