#include "eventstore/reading/batch_builder.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <utility>

namespace silkledger::eventstore {
namespace {

constexpr std::size_t kWord = sizeof(std::uint64_t);

}  // namespace

bool BatchBuilder::full() const {
  return !records_.empty() &&
         (records_.size() >= limit_.records_max || words_.size() * kWord >= limit_.bytes_max);
}

bool BatchBuilder::fits(const RecordRef& record) const {
  if (records_.empty()) return true;
  return records_.size() < limit_.records_max &&
         words_.size() * kWord + record.payload.size() <= limit_.bytes_max;
}

void BatchBuilder::add(const RecordRef& record) {
  const std::size_t start = words_.size();
  words_.resize(start + record.payload.size() / kWord);
  if (!record.payload.empty()) {
    std::memcpy(words_.data() + start, record.payload.data(), record.payload.size());
  }
  // The words may still move as they grow, so only the length is right until finish().
  records_.push_back({header_of(record), record.payload});
}

ReadBatch BatchBuilder::finish(Position next) && {
  auto words = std::make_shared<std::vector<std::uint64_t>>(std::move(words_));
  const char* at = reinterpret_cast<const char*>(words->data());
  for (RecordView& record : records_) {
    const std::size_t bytes = record.payload.size();
    record.payload = {at, bytes};
    at += bytes;
  }
  ReadBatch batch;
  batch.records = std::move(records_);
  batch.next = next;
  batch.bytes = std::shared_ptr<const void>(words, words->data());
  return batch;
}

bool keeps(const ReadFilter& filter, std::string_view stream) {
  if (filter.stream_prefixes.empty()) return true;
  return std::any_of(filter.stream_prefixes.begin(), filter.stream_prefixes.end(),
                     [stream](const std::string& prefix) { return stream.starts_with(prefix); });
}

}  // namespace silkledger::eventstore
