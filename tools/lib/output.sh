# shellcheck shell=bash
# What scripts say and how. Colours and moving lines only on a terminal that wants them; a log gets plain lines.

if [[ -t 1 && "${TERM:-dumb}" != dumb && -z "${NO_COLOR:-}" && "${CI:-}" != true ]]; then
  readonly on_terminal=1 bold=$'\e[1m' red=$'\e[31m' green=$'\e[32m' plain=$'\e[0m'
else
  readonly on_terminal=0 bold='' red='' green='' plain=''
fi

heading() { printf '\n%s%s%s\n' "$bold" "$*" "$plain"; }
say() { printf '%s\n' "$*"; }
die() {
  printf '%s%s%s\n' "$red" "$*" "$plain" >&2
  exit 1
}

# minutes_seconds SECONDS -> "3:07"
minutes_seconds() { printf '%d:%02d' $(($1 / 60)) $(($1 % 60)); }

# follow LOG COMMAND…: runs the command with its output in LOG and shows where it stands: one moving line on a
# terminal, otherwise a line a minute, so that neither a person nor a supervisor thinks that it hangs.
follow() {
  local log=$1 began=$SECONDS last_line='' next_line_at=60 status=0
  shift
  "$@" >"$log" 2>&1 &
  local pid=$!
  while kill -0 "$pid" 2>/dev/null; do
    sleep 1
    if ((on_terminal)); then
      last_line=$(tail -n 1 "$log" | tr -d '\r')
      printf '\r\e[K  %s  %s' "$(minutes_seconds $((SECONDS - began)))" "${last_line:0:88}"
    elif ((SECONDS - began >= next_line_at)); then
      last_line=$(tail -n 1 "$log" | tr -d '\r')
      printf '  %s  %s\n' "$(minutes_seconds $((SECONDS - began)))" "${last_line:0:100}"
      next_line_at=$((next_line_at + 60))
    fi
  done
  wait "$pid" || status=$?
  if ((on_terminal)); then printf '\r\e[K'; fi
  return "$status"
}
