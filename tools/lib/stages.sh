# shellcheck shell=bash
# run_stage STAGE: configures build/STAGE, builds target stage_STAGE, runs the tests labelled stage-STAGE and counts.
# summary: the table, and the last line that programs read. Counted are test cases where a test tells them (GoogleTest's
# report), else tests; a program that dies without a report is one failure, and so is a build that fails.

stage_rows=() passed_total=0 failed_total=0

show_failure() {
  say "${red}失败 / failed: $1${plain}"
  grep -E 'error:|FAILED|undefined reference|CMake Error' "$2" | head -n 30
  say "--- $2, the last lines:"
  tail -n 30 "$2"
}

# count_tests REPORT CASES: prints "passed failed" from ctest's JUnit report and the folder of GoogleTest's reports.
count_tests() {
  local passed=0 failed=0 line name status cases total bad
  while IFS= read -r line; do
    name=${line#*name=\"} name=${name%%\"*}
    status=${line#*status=\"} status=${status%%\"*}
    cases=$2/$name.xml total=0 bad=0
    if [[ -s "$cases" ]]; then
      line=$(grep -m 1 '<testsuites ' "$cases")
      total=${line#*tests=\"} total=${total%%\"*}
      bad=${line#*failures=\"} bad=${bad%%\"*}
    fi
    if [[ "$status" == run ]]; then
      if ((total == 0)); then total=1; fi
      passed=$((passed + total))
    else
      if ((bad == 0)); then bad=1; fi
      if ((total < bad)); then total=$bad; fi
      passed=$((passed + total - bad))
      failed=$((failed + bad))
    fi
  done < <(grep '<testcase ' "$1")
  printf '%d %d' "$passed" "$failed"
}

run_stage() {
  local stage=$1 tree=build/$1 began=$SECONDS built=$SECONDS passed=0 failed=0 note='' counted start=() jobs=1
  heading "$stage: 构建 / build"
  mkdir -p "$tree"
  # Ninja goes on after a failure (-k 0): one broken folder must not hide what the others do.
  if ! follow "$tree/configure.log" cmake --preset "$stage"; then
    show_failure "configure $stage" "$tree/configure.log"
    failed=1 note='configure failed'
  else
    if ! follow "$tree/build.log" \
      cmake --build --preset "$stage" --target "stage_$stage" -j "$(build_jobs)" -- -k 0; then
      show_failure "build $stage" "$tree/build.log"
      failed=1 note='build failed'
    fi
    built=$SECONDS
    heading "$stage: 测试 / test"
    rm -rf "$tree/cases" "$tree/report.xml"
    mkdir -p "$tree/cases"
    # Only the release stage measures time and starts servers: its tests run one by one.
    if [[ "$stage" != release ]]; then jobs=$(build_jobs) start=(steady_addresses); fi
    GTEST_OUTPUT="xml:$repository/$tree/cases/" GTEST_COLOR=no GTEST_BRIEF=1 \
      follow "$tree/test.log" "${start[@]}" \
      ctest --preset "$stage" -L "^stage-$stage\$" \
      -j "$jobs" --output-junit report.xml ||
      show_failure "test $stage" "$tree/test.log"
    if [[ -s "$tree/report.xml" ]]; then
      counted=$(count_tests "$tree/report.xml" "$tree/cases")
      passed=${counted% *} failed=$((failed + ${counted#* }))
    else
      failed=$((failed + 1)) note="$note no report"
    fi
    if ((passed + failed == 0)); then note='nothing to test'; fi
  fi
  passed_total=$((passed_total + passed)) failed_total=$((failed_total + failed))
  stage_rows+=("$(printf '%-9s %8s %8s %8d %8d  %s' "$stage" "$(minutes_seconds $((built - began)))" \
    "$(minutes_seconds $((SECONDS - built)))" "$passed" "$failed" "$note")")
}

summary() {
  heading '总结 / summary'
  printf '%-9s %8s %8s %8s %8s\n' stage build test passed failed
  printf '%s\n' "${stage_rows[@]}"
  say "$(minutes_seconds $SECONDS) in all"
  say "$passed_total passed, $failed_total failed"
  if ((failed_total > 0)); then exit 1; fi
}
