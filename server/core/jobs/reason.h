// Why a job failed or was stopped, and what a check found, in both languages: the one place for all
// jobs. The layers below say what happened in English, with position and file; here that gets its
// Chinese.
//
// Pure.
#pragma once

#include "domain/kernel/text.h"
#include "domain/schema/json/writer.h"
#include "eventstore/rocksdb/log_check.h"

namespace silkledger::server {

Text reason_of(const eventstore::StoreError& error);
Text reason_of_rebuild(const std::string& detail);
Text reason_of(const eventstore::CheckFinding& finding);

// "reason" and "reasonZh".
void write_reason(json::Writer& out, const Text& reason);

}  // namespace silkledger::server
