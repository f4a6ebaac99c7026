# shellcheck shell=bash
# The demonstration ledger: made once, marked complete, reused. Every flag of the programs stands here and nowhere else.

readonly programs=(silkledger-server silkledger silkledger-generate)
server='' client='' generate=''

# Finds where the build tree puts the programs.
locate_programs() {
  server=$(find "$1" -type f -name silkledger-server -perm -u+x | head -n 1)
  client=$(find "$1" -type f -name silkledger -perm -u+x | head -n 1)
  generate=$(find "$1" -type f -name silkledger-generate -perm -u+x | head -n 1)
  if [[ -z "$server" || -z "$client" || -z "$generate" ]]; then
    die "没有找到程序 / programs not found under $1"
  fi
}

demo_is_complete() { [[ -f "$1/demo.complete" ]]; }

# Removes only what make_demo made: a folder without its mark is somebody's data.
remove_demo() {
  if [[ ! -e "$1" ]]; then return 0; fi
  if [[ -f "$1/demo.complete" || -f "$1/demo.unfinished" ]]; then
    rm -rf -- "$1"
  else
    die "$1 不是演示账本，不删除 / is not a demonstration ledger; it is not removed"
  fi
}

make_demo() {
  local data=$1
  if [[ -f "$data/demo.unfinished" ]]; then remove_demo "$data"; fi
  if [[ -d "$data" && -n "$(ls -A "$data")" ]]; then
    die "$data 已有其他数据；请用 --data 另选 / holds other data; choose another folder with --data"
  fi
  heading '装入演示年度（合成数据） / loading the demonstration year (synthetic data)'
  mkdir -p "$data"
  : >"$data/demo.unfinished"
  # The script appoints its own people; their tokens are known to everybody (docs/formats/script.md).
  "$generate" --size demo --seed 1 --out "$data/script.ndjson"
  "$server" seed --data "$data/ledger" --script "$data/script.ndjson"
  mv "$data/demo.unfinished" "$data/demo.complete"
}

tell_where_to_look() {
  local data=$1 url=http://127.0.0.1:$2
  heading "丝路台账演示 / Silkledger demonstration: $url"
  cat <<TEXT
数据是合成的，时钟停在数据的最后一天 / the data are synthetic, and the clock starts at their last day.
令牌 / tokens (only for this demonstration):
  demo-registrar      地区招商局登记员：全部数据、个人信息 / office registrar: reads everything
  demo-county-clerk   县市经办人：本单位 / county clerk: own unit
  demo-branch-clerk   驻点片区分局经办人 / branch bureau clerk
  demo-agent          帮办代办员 / assistance agent
  demo-leader         分管领导 / leader in charge
  demo-auditor        审计员：只读 / auditor: reads only
  demo-administrator  管理员：单位、人员、重建 / administrator: units, people, rebuilds

在另一个终端试试 / try in another terminal:
  export SILKLEDGER_URL=$url SILKLEDGER_TOKEN=demo-registrar
  $client --help
  $client list project stage=production
  $client history project/P-0028
  $client watch
  $client import tests/data/published/projects.csv --dry-run
  curl -s $url/healthz

Ctrl-C 停止，再次运行接着用同一账本 / Ctrl-C stops; the next run goes on with the same ledger.
TEXT
}

# Replaces this shell, so that Ctrl-C and a supervisor's signal reach the server itself.
serve_demo() {
  exec "$server" serve --data "$1/ledger" --port "$2" --demo-clock
}
