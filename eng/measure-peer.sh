#!/usr/bin/env bash
# Pages of NocoDB (AGPL, from npm, 1.4 GB) and of PyBase on the same machine one after the other, and the bars of pages in docs/benchmarks/tables.md from that.
#   eng/measure-peer.sh [rows of PyBase's table…]     NO_BUILD=1 takes what is built; about 10 minutes of a machine with nothing else to do
# NocoDB is given what it does not do for itself: indexes for its own order and for the sorted column, pages near the start of the table, a PostgreSQL with 512 MB.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
folder=$PWD/artifacts/peer bin=$(dirname "$(ls /usr/lib/postgresql/*/bin/initdb | tail -1)")
mkdir -p "$folder"
[[ ${NO_BUILD:-} ]] || dotnet build PyBase.sln -c Release -v q
if [[ ! -d $folder/node_modules/nocodb ]]; then
  # Its spreadsheet reader comes from a host of its own; the one of npm does here.
  echo '{"private":true,"dependencies":{"nocodb":"0.301.3"},"overrides":{"xlsx":"0.18.5"}}' >"$folder/package.json"
  npm install --prefix "$folder" --no-audit --no-fund --omit=dev --omit=optional --ignore-scripts >"$folder/install.log" 2>&1
  npm rebuild --prefix "$folder" bcrypt >>"$folder/install.log" 2>&1
fi
data=$(mktemp -d) secret=$(openssl rand -hex 16) port=$((20000 + RANDOM % 10000)) web=$((30000 + RANDOM % 2000)) node=
end() {
  [[ $node ]] && kill "$node" 2>/dev/null
  as_postgres "$bin/pg_ctl" -D "$data/d" stop -m immediate >/dev/null 2>&1
  rm -rf "$data"
}
as_postgres() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
trap end EXIT
(umask 077 && echo "$secret" >"$data/secret")
[ "$(id -u)" != 0 ] || chown -R postgres "$data"
as_postgres "$bin/initdb" -D "$data/d" -U postgres -A scram-sha-256 --pwfile="$data/secret" >/dev/null
as_postgres "$bin/pg_ctl" -D "$data/d" -l "$data/log" -w -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$data -c shared_buffers=512MB" start >/dev/null
export PGHOST=127.0.0.1 PGPORT=$port PGUSER=postgres PGPASSWORD=$secret NC_ADMIN_EMAIL=peer@example.com NC_ADMIN_PASSWORD="Aa1!$secret" WEB=$web
psql -qc 'create database nocodb'
cat >"$folder/run.cjs" <<'JS'
const app = require('express')(), { Noco } = require('nocodb');
app.set('view engine', 'ejs');
const server = app.listen(process.env.WEB, '127.0.0.1', async () => { app.use(await Noco.init({}, server, app)); console.log('READY'); });
JS
(cd "$folder" && NODE_ENV=production NC_DISABLE_TELE=true NC_DB="pg://127.0.0.1:$port?u=postgres&p=$secret&d=nocodb" exec node run.cjs >nocodb.log 2>&1) &
node=$!
for _ in $(seq 120); do grep -q READY "$folder/nocodb.log" && break; sleep 1; done
cat >"$folder/measure.cjs" <<'JS'
const http = require('http'), { execFileSync } = require('child_process'), agent = new http.Agent({ keepAlive: true, maxSockets: 16 });
const psql = sql => execFileSync('psql', ['-d', 'nocodb', '-v', 'ON_ERROR_STOP=1', '-Atqc', sql]).toString().trim();
let headers = {};
const ask = (method, path, body) => new Promise((done, failed) => {
  const request = http.request({ host: '127.0.0.1', port: process.env.WEB, method, path, agent, headers: { ...headers, ...body && { 'content-type': 'application/json' } } }, answer => {
    const parts = [];
    answer.on('data', part => parts.push(part)).on('end', () => {
      const text = Buffer.concat(parts).toString();
      answer.statusCode < 300 ? done(text) : failed(new Error(`${method} ${path}: ${answer.statusCode} ${text.slice(0, 300)}`));
    });
  });
  request.on('error', failed).end(body && JSON.stringify(body));
});
// The fields and cells of PyBase.Benchmarks/Tables/PartsTable.cs.
const cells = {
  Name: ['SingleLineText', `'Part '||g`], Notes: ['LongText', `'Machined from solid, batch '||g`], Amount: ['Decimal', `(g*104729::bigint%9000000)+0.125`], Price: ['Currency', `(g%1000)+0.99`],
  Share: ['Percent', `g%100`], Done: ['Checkbox', `g%2=0`], State: ['SingleSelect', `'Open'`], Tags: ['MultiSelect', `'Released'`], Day: ['Date', `date '2026-01-01'+(g%300)`],
  When: ['DateTime', `timestamp '2026-01-01'+g*interval '1 minute'`], Stars: ['Rating', `g%5+1`], Time: ['Duration', `g%10000`], Mail: ['Email', `'part'||g||'@example.com'`],
  Web: ['URL', `'https://example.com/parts/'||g`], Phone: ['PhoneNumber', `'+49 30 '||g`], Code: ['SingleLineText', `'C-'||g`], Supplier: ['SingleLineText', `'Supplier '||(g%1000)`],
  Weight: ['Decimal', `(g%1000)+0.25`], Length: ['Decimal', `(g%500)+0.5`], City: ['SingleLineText', `'City '||(g%100)`],
};
async function rate(hands, path) {
  const rates = [];
  for (let span = 0, round = 0; span < 4; span++) {
    const started = Date.now(); let count = 0;
    await Promise.all([...Array(hands)].map(async () => { while (Date.now() - started < 3000) { await ask('GET', path(round++)); count++; } }));
    if (span) rates.push(count * 1000 / (Date.now() - started));
  }
  return rates.sort((a, b) => a - b)[1];
}
(async () => {
  const account = { email: process.env.NC_ADMIN_EMAIL, password: process.env.NC_ADMIN_PASSWORD };
  headers = { 'xc-auth': JSON.parse(await ask('POST', '/api/v1/auth/user/signin', account)).token };
  const base = JSON.parse(await ask('POST', '/api/v2/meta/bases', { title: 'Peer' })).id, choices = { colOptions: { options: ['Open', 'Released', 'Obsolete'].map(title => ({ title })) } };
  const columns = Object.entries(cells).map(([title, [uidt]]) => ({ title, column_name: title, uidt, ...uidt.endsWith('Select') && choices }));
  const table = JSON.parse(await ask('POST', `/api/v2/meta/bases/${base}/tables`, { title: 'Parts', table_name: 'parts', columns: [{ title: 'Id', column_name: 'id', uidt: 'ID' }, ...columns] })).id;
  const name = psql(`select format('%I.%I', schemaname, tablename) from pg_tables where tablename = 'parts'`), names = Object.keys(cells);
  psql(`insert into ${name} (nc_order, ${names.map(n => `"${n}"`)}) select g, ${names.map(n => cells[n][1])} from generate_series(1, 100000) g`);
  for (const key of ['nc_order, id', '"Amount"', '"Amount", nc_order, id']) psql(`create index on ${name} (${key})`);
  psql(`vacuum analyze ${name}`);
  const page = `/api/v2/tables/${table}/records?limit=100`, shown = JSON.parse(await ask('GET', page)).list;
  if (shown.length !== 100 || names.some(n => shown[0][n] == null)) throw new Error('The page is not that of the table.');
  const plain = n => `${page}&offset=${n % 20 * 100}`, sorted = n => `${plain(n)}&sort=Amount`, filtered = n => `${page}&sort=Amount&where=${encodeURIComponent(`(Amount,gt,${n * 104729 % 9000000})`)}`;
  const told = { plain: await rate(16, plain), alone: await rate(1, plain), sorted: await rate(16, sorted), filtered: await rate(16, filtered) };
  console.error(told);
  console.log(`${told.plain.toFixed(1)},${told.filtered.toFixed(1)}`);
  process.exit(0);
})().catch(error => { console.error(error.message); process.exit(1); });
JS
peer=$(node "$folder/measure.cjs")
kill "$node"
as_postgres "$bin/pg_ctl" -D "$data/d" stop -m fast >/dev/null
for rows in "${@:-100000}"; do
  dotnet artifacts/bin/PyBase.Benchmarks/release/PyBase.Benchmarks.dll tables --only pages --rows "$rows" --peer "$peer" --report
done
