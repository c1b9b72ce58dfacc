// node page.mjs: docs/airtable-compatibility.md, made of the contract, the client's declarations and the checks. What is without a check, or a check of something that is
// not there, goes to stderr and fails.
import { checks } from './check.mjs';
import './checks/all.mjs';
import { contract } from './contract.mjs';
import { read } from './declared.mjs';

const entries = contract.flatMap(section => section.entries);
const { uses, faults } = read();
const wrong = [
  ...faults,
  ...[...uses].filter(([, by]) => by.size === 0).map(([name]) => `The client declares ${name}, and no check uses it.`),
  ...entries.filter(e => !checks.some(c => c.shows.includes(e.id))).map(e => `No check shows "${e.id}".`),
  ...checks.flatMap(c => c.shows.filter(id => !entries.some(e => e.id === id)).map(id => `"${c.name}" shows "${id}", which is nowhere in the contract.`)),
  ...checks.filter((c, n) => checks.findIndex(other => other.name === c.name) !== n).map(c => `Two checks are called "${c.name}".`),
];
if (wrong.length) {
  console.error(wrong.join('\n'));
  process.exit(1);
}

/** @param {string} text */
const cell = text => text.replaceAll('|', '\\|');
/** @param {import('./contract.mjs').Entry} entry */
const row = ({ id, is, differs, absent }) =>
  `| ${cell(id)} | ${differs ? 'differs' : absent ? 'absent' : 'works'} | ${cell(is ?? differs ?? absent ?? '')} | ${checks.filter(c => c.shows.includes(id)).map(c => cell(c.name)).join('; ')} |`;

console.log(`# Compatibility with Airtable's API

Written by the checks in \`PyBase.Tests/Clients\`, which ask a running PyBase; \`CompatibilityPageTests\` fails when this page is another one. Each line names the checks that show it.

Airtable's npm client (\`airtable\` 0.12.2) works when its endpoint is changed: \`new Airtable({ apiKey, endpointUrl: 'https://pybase.example' })\`, or \`AIRTABLE_ENDPOINT_URL\`. pyairtable
takes \`Api(key, endpoint_url='https://pybase.example')\`; only its \`upload_attachment\` asks content.airtable.com, whatever the endpoint. Airtable.net has api.airtable.com built in and
needs a \`DelegatingHandler\` that puts another host there.

${entries.filter(e => !e.differs && !e.absent).length} of ${entries.length} entries work as in Airtable, ${entries.filter(e => e.differs).length} differ, ${entries.filter(e => e.absent).length} are absent.
`);
for (const { title, entries } of contract)
  console.log(`## ${title}\n\n| what | | how | shown by |\n|---|---|---|---|\n${entries.map(row).join('\n')}\n`);
console.log(`## What the npm client declares

Each method with each of its overloads, each option and value, each member of an exported type, each code of an error: read from its type declarations by the TypeScript compiler, as are the
checks that use it.

| declared | used by |
|---|---|
${[...uses].map(([name, by]) => `| \`${cell(name)}\` | ${[...by].map(cell).join('; ')} |`).join('\n')}`);
