// Each type of cell: what is written and what comes back.
import { assert, groupOf } from '../check.mjs';

const check = groupOf('wire');

/** type → options, and what is written → what is read. @type {Record<string, { options?: unknown, cells: [unknown, unknown][], refuses?: unknown[] }>} */
const types = {
  singleLineText: { cells: [['a', 'a'], ['', undefined]], refuses: [5, true, {}, []] },
  multilineText: { cells: [['a\nb', 'a\nb']] },
  richText: { cells: [['**a**', '**a**']] },
  email: { cells: [['a@example.org', 'a@example.org']] },
  url: { cells: [['https://example.org/', 'https://example.org/']] },
  phoneNumber: { cells: [['+41 44 000 00 00', '+41 44 000 00 00']] },
  number: { options: { precision: 8 }, cells: [[1.5, 1.5], [0, 0], [-1e-8, -1e-8]], refuses: ['1', true, []] },
  currency: { options: { precision: 2, symbol: '€' }, cells: [[12.5, 12.5]], refuses: ['12'] },
  percent: { options: { precision: 1 }, cells: [[0.5, 0.5]], refuses: ['50%'] },
  duration: { options: { durationFormat: 'h:mm:ss.SSS' }, cells: [[3661.5, 3661.5]], refuses: ['1:01'] },
  rating: { options: { icon: 'star', max: 5, color: 'yellowBright' }, cells: [[3, 3]], refuses: [6, -1, 1.5, '3'] },
  checkbox: { options: { icon: 'check', color: 'greenBright' }, cells: [[true, true], [false, undefined]], refuses: [1, 'yes'] },
  singleSelect: { options: { choices: [{ name: 'Open', color: 'blueLight2' }] }, cells: [['Open', 'Open'], [null, undefined]], refuses: ['None', 5] },
  multipleSelects: { options: { choices: [{ name: 'red' }, { name: 'blue' }] }, cells: [[['blue', 'red'], ['blue', 'red']], [[], undefined]], refuses: [['none'], 'red'] },
  date: { options: { dateFormat: { name: 'iso' } }, cells: [['2026-01-02', '2026-01-02'], ['2026-01-02T23:00:00.000Z', '2026-01-02']], refuses: ['tomorrow', 5] },
  dateTime: { options: { dateFormat: { name: 'iso' }, timeFormat: { name: '24hour' }, timeZone: 'Europe/Zurich' }, cells: [['2026-01-02T03:04:05.678Z', '2026-01-02T03:04:05.678Z'], ['2026-01-02T03:04:05', '2026-01-02T02:04:05.000Z'], ['2026-01-02T03:04:05+02:00', '2026-01-02T01:04:05.000Z']], refuses: ['soon', 5] },
  barcode: { cells: [[{ text: '123', type: 'code39' }, { text: '123', type: 'code39' }], [{ text: '123' }, { text: '123' }]], refuses: [5] },
};

for (const [type, { options, cells, refuses }] of Object.entries(types))
  check(`Cells of type ${type}`, [type], async server => {
    await server.table(`Of ${type}`, [{ name: 'Name', type: 'singleLineText' }, { name: 'Cell', type, options }]);
    for (const [written, read] of cells)
      assert.deepEqual((await server.ok('POST', server.path(`Of ${type}`), { fields: { Cell: written } })).fields.Cell, read, JSON.stringify(written));
    for (const bad of refuses ?? []) {
      const answer = await server.send('POST', server.path(`Of ${type}`), { fields: { Cell: bad } });
      assert.deepEqual([answer.status, ['INVALID_VALUE_FOR_COLUMN', 'INVALID_MULTIPLE_CHOICE_OPTIONS'].includes(answer.json.error.type)], [422, true], `${JSON.stringify(bad)}: ${answer.text}`);
    }
  });

check('People in cells are written by id or address, and read whole', ['singleCollaborator', 'multipleCollaborators'], async server => {
  const { id, email } = server.person;
  const whole = { id, email, name: 'Test Person' };
  for (const who of [{ id }, { email }]) {
    const { fields } = await server.ok('POST', server.path('Things'), { fields: { Owner: who, Team: [who] } });
    assert.deepEqual([fields.Owner, fields.Team], [whole, [whole]]);
  }
  assert.equal((await server.send('POST', server.path('Things'), { fields: { Owner: { id: 'usrAAAAAAAAAAAAAA' } } })).json.error.type, 'INVALID_VALUE_FOR_COLUMN');
});

check('Links are lists of record ids, written as such or as objects', ['multipleRecordLinks', '422 ROW_DOES_NOT_EXIST'], async server => {
  const { records } = await server.ok('POST', server.path('Others'), { records: [{ fields: { Name: 'l1' } }, { fields: { Name: 'l2' } }] });
  const [a, b] = records.map((/** @type {any} */ r) => r.id);
  assert.deepEqual((await server.ok('POST', server.path('Things'), { fields: { Others: [b, a] } })).fields.Others, [b, a]);
  const made = await server.ok('POST', server.path('Things'), { fields: { Others: [{ id: a }] } });
  assert.deepEqual(made.fields.Others, [a]);
  assert.ok((await server.ok('GET', `${server.path('Others')}/${a}`)).fields.Things.includes(made.id));
  assert.equal((await server.ok('GET', `${server.path('Things')}/${made.id}?cellFormat=string&timeZone=utc&userLocale=en`)).fields.Others, 'l1');
  assert.equal((await server.send('POST', server.path('Things'), { fields: { Others: ['recAAAAAAAAAAAAAA'] } })).json.error.type, 'ROW_DOES_NOT_EXIST');
});

check('Computed cells: values, lists, errors and numbers that are none', ['formula', 'rollup', 'multipleLookupValues', 'count', 'autoNumber', 'createdTime', 'lastModifiedTime', 'createdBy', 'lastModifiedBy', 'button', 'Errors in cells', '422 INVALID_VALUE_FOR_COLUMN'], async server => {
  await server.table('Parts', [{ name: 'Name', type: 'singleLineText' }, { name: 'Mass', type: 'number', options: { precision: 2 } }]);
  await server.table('Assemblies', [{ name: 'Name', type: 'singleLineText' }, { name: 'Parts', type: 'multipleRecordLinks', options: { linkedTableId: server.ids.Parts } }]);
  const add = (/** @type {string} */ name, /** @type {string} */ type, /** @type {any} */ options = undefined) => server.ok('POST', `${server.meta}/tables/Assemblies/fields`, { name, type, options });
  const link = { recordLinkFieldId: server.ids['Assemblies.Parts'] };
  await add('Number', 'autoNumber');
  await add('Made', 'createdTime', { result: { type: 'dateTime', options: { dateFormat: { name: 'iso' }, timeFormat: { name: '24hour' }, timeZone: 'utc' } } });
  await add('Changed', 'lastModifiedTime');
  await add('By', 'createdBy');
  await add('Last by', 'lastModifiedBy');
  await add('How many', 'count', link);
  await add('Masses', 'multipleLookupValues', { ...link, fieldIdInLinkedTable: server.ids['Parts.Mass'] });
  await add('Mass', 'rollup', { ...link, fieldIdInLinkedTable: server.ids['Parts.Mass'], formula: 'SUM(values)' });
  await add('Twice', 'formula', { formula: '{Mass} * 2' });
  await add('Nothing', 'formula', { formula: '0/0' });
  await add('Endless', 'formula', { formula: '1/0' });
  await add('Wrong', 'formula', { formula: 'ERROR()' });
  await add('Text', 'formula', { formula: '{Name} & "!"' });
  await add('Open', 'button', { label: 'Open', url: '"https://example.org/" & {Name}' });
  const { records } = await server.ok('POST', server.path('Parts'), { records: [{ fields: { Name: 'bolt', Mass: 0.5 } }, { fields: { Name: 'nut', Mass: 0.25 } }] });
  const { fields } = await server.ok('POST', server.path('Assemblies'), { fields: { Name: 'pair', Parts: records.map((/** @type {any} */ r) => r.id) } });
  assert.deepEqual([fields.Number, fields['How many'], fields.Masses, fields.Mass, fields.Twice, fields.Text], [1, 2, [0.5, 0.25], 0.75, 1.5, 'pair!']);
  assert.deepEqual([fields.Nothing, fields.Endless, fields.Wrong], [{ specialValue: 'NaN' }, { specialValue: 'Infinity' }, { error: '#ERROR!' }]);
  assert.match(fields.Made, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  assert.deepEqual(fields.Open, { label: 'Open', url: 'https://example.org/pair' });
  for (const by of [fields.By, fields['Last by']]) assert.deepEqual([by.id, by.email, by.name], [server.person.id, server.person.email, 'Test Person']);
  const refused = (await server.send('POST', server.path('Assemblies'), { fields: { Twice: 1 } })).json.error;
  assert.deepEqual([refused.type, refused.message], ['INVALID_VALUE_FOR_COLUMN', 'Field "Twice" cannot accept a value because the field is computed']);
});

check('Fields that nothing here fills can be defined', ['aiText', 'externalSyncSource'], async server => {
  const { path } = await server.own('Foreign', { Name: 'a' });
  await server.ok('POST', `${server.meta}/tables/Foreign/fields`, { name: 'Says', type: 'aiText', options: { prompt: ['Translate ', { field: { fieldId: server.ids['Foreign.Name'] } }] } });
  await server.ok('POST', `${server.meta}/tables/Foreign/fields`, { name: 'From', type: 'externalSyncSource', options: { choices: [{ name: 'elsewhere' }] } });
  assert.deepEqual((await server.ok('GET', path)).records[0].fields, { Name: 'a' });
});
