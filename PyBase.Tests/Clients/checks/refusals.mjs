// What the client makes of each refusal.
import Airtable from 'airtable';
import { assert, groupOf, refused } from '../check.mjs';

const check = groupOf('client');

check('AirtableError says what, why and with which status', [], async ({ things }) => {
  /** @type {import('airtable').Error} */
  const error = await refused(things.find('recAAAAAAAAAAAAAA'), 404, 'NOT_FOUND', /Could not find what you are looking for/);
  assert.ok(error instanceof Airtable.Error);
  assert.equal(error.toString(), `${error.message}(${error.error})[Http code ${error.statusCode}]`);
  assert.equal(new Airtable.Error('CODE', 'why', 418).error, 'CODE');
});

check('No key and a wrong key are AUTHENTICATION_REQUIRED', ['401 AUTHENTICATION_REQUIRED'], async ({ url, baseId }) => {
  await refused(new Airtable({ apiKey: 'patNone', endpointUrl: url }).base(baseId)('Things').select().all(), 401, 'AUTHENTICATION_REQUIRED');
});

check('A table or base that is not there is NOT_AUTHORIZED, as in Airtable', ['403 INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND'], async ({ at, baseId }) => {
  await refused(at.base(baseId)('No table').select().all(), 403, 'NOT_AUTHORIZED');
  await refused(at.base('appAAAAAAAAAAAAAA')('Things').select().all(), 403, 'NOT_AUTHORIZED');
});

check('A refusal of 422 keeps its type and message', ['422 UNKNOWN_FIELD_NAME', '422 INVALID_VALUE_FOR_COLUMN', '422 INVALID_MULTIPLE_CHOICE_OPTIONS', '422 INVALID_FILTER_BY_FORMULA', '422 VIEW_NAME_NOT_FOUND'], async ({ things }) => {
  await refused(things.create(/** @type {any} */ ({ Nope: 1 })), 422, 'UNKNOWN_FIELD_NAME', /^Unknown field name: "Nope"$/);
  await refused(things.create({ Count: /** @type {any} */ ('x') }), 422, 'INVALID_VALUE_FOR_COLUMN', /^Field "Count" cannot accept the provided value$/);
  await refused(things.create({ State: 'Not there' }), 422, 'INVALID_MULTIPLE_CHOICE_OPTIONS', /^Insufficient permissions to create new select option/);
  await refused(things.select({ filterByFormula: 'NOPE(' }).all(), 422, 'INVALID_FILTER_BY_FORMULA', /^The formula for filtering records is invalid: /);
  await refused(things.select({ view: 'no view' }).all(), 422, 'VIEW_NAME_NOT_FOUND');
});

check('Every refusal of 422 names its type, so the client never has to say UNPROCESSABLE_ENTITY', [], async ({ things, at, baseId }) => {
  const bodies = [{}, { fields: [] }, { records: [] }, { records: [{}] }, { fields: { Name: { no: 'text' } } }, { fields: {}, performUpsert: 1 }];
  for (const body of bodies) {
    const error = await at.base(baseId).makeRequest({ method: 'POST', path: '/Things/', body }).then(() => assert.fail('accepted'), e => e);
    assert.equal(error.statusCode, 422);
    assert.notEqual(error.error, 'UNPROCESSABLE_ENTITY');
  }
  await refused(things.update('recAAAAAAAAAAAAAA', /** @type {any} */ (5)), 422, 'INVALID_REQUEST_MISSING_FIELDS', /^Could not find field "fields" in the request body$/);
});

check('A refusal is called back too', [], async ({ things }) => {
  const error = await new Promise(resolve => things.find('recAAAAAAAAAAAAAA', error => resolve(error)));
  assert.equal(error.error, 'NOT_FOUND');
});

check('A body beyond 32 MiB is REQUEST_TOO_LARGE', ['413 REQUEST_TOO_LARGE'], async ({ things }) => {
  await refused(things.create({ Name: 'x'.repeat(33 << 20) }), 413, 'REQUEST_TOO_LARGE');
});

check('What is no JSON object is UNEXPECTED_ERROR, and nobody there CONNECTION_ERROR', [], async ({ at, key, baseId }) => {
  await refused(at.base('..').makeRequest({ path: '/metrics' }), 200, 'UNEXPECTED_ERROR');
  await refused(new Airtable({ apiKey: key, endpointUrl: 'http://127.0.0.1:1' }).base(baseId).makeRequest({ path: '/Things' }), null, 'CONNECTION_ERROR');
});
