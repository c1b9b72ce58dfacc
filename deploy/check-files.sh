#!/usr/bin/env bash
# Compares the folder of the file store with what rows name. Files that are missing, or whose content is not what their name says, are told one a line with what they
# are called in the base; ends with 1 then.
#   check-files.sh DATABASE FILES       DATABASE as psql takes it ("host=db1 user=pybase dbname=pybase"; PGPASSWORD for its password)
set -euo pipefail
[ $# = 2 ] || { sed -n '2,4s/^# \{0,1\}//p' "$0" >&2; exit 2; }
database=$1 files=$2
bin=${PYBASE_PG_BIN:+$PYBASE_PG_BIN/}
count=0 wrong=0
while IFS='|' read -r name what; do
  count=$((count + 1))
  there=$(sha256sum < "$files/${name:0:2}/$name" 2>/dev/null | cut -c1-64) || there=
  [ "$there" = "$name" ] && continue
  wrong=$((wrong + 1))
  [ -n "$there" ] && state=damaged || state=missing
  echo "$state $name $what"
done < <("${bin}psql" -XqtA -v ON_ERROR_STOP=1 -d "$database" -c "select encode(sha256, 'hex'), min(what) from
  (select sha256, base || ' ' || replace(name, e'\n', ' ') as what from pybase.files union all select sha256, 'picture' from pybase.pictures) named group by 1 order by 1" || echo '-|the database does not answer')
[ $wrong = 0 ] || { echo "$wrong of $count files that rows name are missing or damaged in $files." >&2; exit 1; }
echo "$count files that rows name, each compared with its name"
