// The PyBase that is asked: URL TOKEN WORKSPACE. Each run makes a base of its own.
import Airtable from 'airtable';
import { assert } from './check.mjs';

/** @typedef {{ id: string, email: string, name: string }} Collaborator */
/** @typedef {{ Name?: string, Count?: number, Done?: boolean, State?: string, Tags?: ReadonlyArray<string>, Owner?: import('airtable').Collaborator,
 *    Team?: ReadonlyArray<import('airtable').Collaborator>, Files?: ReadonlyArray<import('airtable').Attachment>, Others?: ReadonlyArray<string> }} Thing */

/** Answers to raw requests. @typedef {{ status: number, headers: Headers, text: string, json: any }} Answer */

export class Server {
  /** @param {string} url @param {string} key @param {string} workspace */
  constructor(url, key, workspace) {
    this.url = url; this.key = key; this.workspace = workspace;
    this.at = new Airtable({ apiKey: key, endpointUrl: url, noRetryIfRateLimited: true });
    /** Ids by name: a table, or table.field. @type {Record<string, string>} */
    this.ids = {};
    this.baseId = '';
    this.person = { id: '', email: '' };
  }

  /** @param {string} method @param {string} path @param {unknown=} body an object, or text as it stands @param {Record<string, string>=} headers @returns {Promise<Answer>} */
  async send(method, path, body, headers) {
    const answer = await fetch(this.url + path, {
      method, body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
      headers: { authorization: `Bearer ${this.key}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, get json() { return JSON.parse(text); } };
  }

  /** The body of an answer that must be 200. @param {string} method @param {string} path @param {unknown=} body */
  async ok(method, path, body) {
    const answer = await this.send(method, path, body);
    assert.equal(answer.status, 200, `${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.json;
  }

  /** The path of a table, by id. @param {string} table */
  path(table) { return `/v0/${this.baseId}/${this.ids[table]}`; }

  get meta() { return `/v0/meta/bases/${this.baseId}`; }

  /** A base with a table of what the client knows. */
  async begin() {
    this.person = await this.ok('GET', '/v0/meta/whoami');
    const made = await this.ok('POST', '/v0/meta/bases', { name: 'Things', workspaceId: this.workspace, tables: [{ name: 'Others', fields: [{ name: 'Name', type: 'singleLineText' }] }] });
    this.baseId = made.id;
    await this.table('Things', [
      { name: 'Name', type: 'singleLineText' }, { name: 'Count', type: 'number', options: { precision: 1 } }, { name: 'Done', type: 'checkbox', options: { icon: 'check', color: 'greenBright' } },
      { name: 'State', type: 'singleSelect', options: { choices: [{ name: 'Open' }, { name: 'Closed' }] } }, { name: 'Tags', type: 'multipleSelects', options: { choices: [{ name: 'red' }, { name: 'blue' }] } },
      { name: 'Owner', type: 'singleCollaborator' }, { name: 'Team', type: 'multipleCollaborators' }, { name: 'Files', type: 'multipleAttachments' },
      { name: 'Others', type: 'multipleRecordLinks', options: { linkedTableId: made.tables[0].id } }, { name: 'Day', type: 'date' }, { name: 'Notes', type: 'multilineText' },
    ]);
    await this.look();
    return this;
  }

  /** Asks whoever started the run to do something to the server, and waits until it is done. @param {string} deed */
  async please(deed) {
    console.log(JSON.stringify({ please: deed }));
    process.stdin.resume();
    await new Promise(resolve => process.stdin.once('data', resolve));
    process.stdin.pause();
  }

  /** One more table. @param {string} name @param {unknown[]} fields */
  async table(name, fields) {
    const made = await this.ok('POST', `${this.meta}/tables`, { name, fields });
    await this.look();
    return made;
  }

  /** Learns the ids of what is there. */
  async look() {
    for (const table of (await this.ok('GET', `${this.meta}/tables`)).tables) {
      this.ids[table.name] = table.id;
      for (const field of table.fields) this.ids[`${table.name}.${field.name}`] = field.id;
    }
  }

  /** Things, through the client. @returns {import('airtable').Table<Thing>} */
  get things() { return this.at.base(this.baseId)('Things'); }

  /** A table that only one check uses, with a name and a count. @param {string} name @param {...Thing} records */
  async own(name, ...records) {
    await this.table(name, [{ name: 'Name', type: 'singleLineText' }, { name: 'Count', type: 'number', options: { precision: 1 } }, { name: 'State', type: 'singleSelect', options: { choices: [{ name: 'Open' }] } }]);
    /** @type {import('airtable').Table<Thing>} */
    const table = this.at.base(this.baseId)(name);
    const made = records.length ? await table.create(records.map(fields => ({ fields }))) : [];
    return { table, made, path: this.path(name) };
  }
}
