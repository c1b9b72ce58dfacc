// Comments, as pyairtable asks for them.
import { assert, groupOf } from '../check.mjs';

const check = groupOf('wire');

check('A comment is made, read, changed and deleted', ['GET comments', 'POST comments', 'PATCH comment', 'DELETE comment', 'Mentions'], async server => {
  const { made: [a], path } = await server.own('Commented', { Name: 'a' });
  const comments = `${path}/${a.id}/comments`;
  const { id, email } = server.person;
  const made = await server.ok('POST', comments, { text: `Hello, @[${id}]!` });
  assert.deepEqual(made, {
    id: made.id, author: { id, email, name: 'Test Person' }, text: `Hello, @[${id}]!`, createdTime: made.createdTime, lastUpdatedTime: null,
    mentioned: { [id]: { id, type: 'user', displayName: 'Test Person', email } }, reactions: [],
  });
  assert.match(made.id, /^com[A-Za-z0-9]{14}$/);
  const changed = await server.ok('PATCH', `${comments}/${made.id}`, { text: 'Hello!' });
  assert.deepEqual([changed.text, changed.mentioned, typeof changed.lastUpdatedTime], ['Hello!', undefined, 'string']);
  assert.deepEqual((await server.ok('GET', comments)).comments.map((/** @type {any} */ c) => c.text), ['Hello!']);
  assert.equal((await server.ok('GET', `${path}?recordMetadata[]=commentCount`)).records[0].commentCount, 1);
  assert.deepEqual(await server.ok('DELETE', `${comments}/${made.id}`), { id: made.id, deleted: true });
});

check('Comments come page by page, newest first, the answers with their parent', ['GET comments', 'parentCommentId'], async server => {
  const { made: [a], path } = await server.own('Discussed', { Name: 'a' });
  const comments = `${path}/${a.id}/comments`;
  const said = [];
  for (const text of ['1', '2', '3']) said.push(await server.ok('POST', comments, { text }));
  const answer = await server.ok('POST', comments, { text: '4', parentCommentId: said[0].id });
  assert.equal(answer.parentCommentId, said[0].id);
  const first = await server.ok('GET', `${comments}?pageSize=3`);
  const rest = await server.ok('GET', `${comments}?pageSize=3&offset=${encodeURIComponent(first.offset)}`);
  assert.deepEqual([...first.comments, ...rest.comments].map(c => c.text), ['4', '3', '2', '1']);
  assert.equal(rest.offset, null);
  assert.equal((await server.send('POST', comments, { text: 'x', parentCommentId: 'comAAAAAAAAAAAAAA' })).status, 422);
});
