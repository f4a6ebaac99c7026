// A ViewStore keeps the rows of views: ordered tables of bytes, one family for each view, and the
// one checkpoint they all stand at. It is disposable: the log is the truth, and a store that is
// missing, damaged or of another form is made anew, empty.
//
// Implementations: memory/ (tests, as-of) and rocksdb/ (production); both pass one contract test.
// Threads: snapshots and what they answer from any thread; commit, flush and clear from one at a
// time. Ownership: a snapshot keeps alive what it reads, even after its store was closed. Errors:
// environment failures are values; an unknown family asserts.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "eventstore/record.h"

namespace silkledger::projections {

struct ViewStoreError {
  std::string detail;  // says which family, key or file
};

template <class T>
using ViewResult = std::variant<T, ViewStoreError>;

// One change of one key; without a value the key is erased.
struct Write {
  std::string family;
  std::string key;
  std::optional<std::string> value;
  eventstore::Position since = 0;  // as in KeyValue
};

struct WriteBatch {
  std::vector<Write> writes;  // a later write of a key wins
  std::string checkpoint;     // replaces the stored one
};

struct KeyValue {
  std::string key;
  std::string value;
  // The event with which the key came to be there; a key that was erased and came again counts from
  // then. 0: not told, where the key is a position itself.
  eventstore::Position since = 0;
  friend bool operator==(const KeyValue&, const KeyValue&) = default;
};

// Which part of a family to read, in key order (bytes compared as unsigned).
struct KeyRange {
  std::string prefix = {};                // only keys that begin with it
  std::optional<std::string> from = {};   // first key of interest, itself included
  std::optional<std::string> until = {};  // last key of interest, itself included
  // Where the last page ended: continue beyond it, in either direction.
  std::optional<std::string> after = {};
  bool backwards = false;
};

// All families and the checkpoint at one instant, whatever is committed afterwards.
class ViewSnapshot {
 public:
  virtual ~ViewSnapshot() = default;
  // Empty before the first commit.
  virtual ViewResult<std::string> checkpoint() const = 0;
  virtual ViewResult<std::optional<KeyValue>> get(std::string_view family,
                                                  std::string_view key) const = 0;
  // At most `keys_max`; fewer only at the end of the range.
  virtual ViewResult<std::vector<KeyValue>> scan(std::string_view family, const KeyRange& range,
                                                 std::uint32_t keys_max) const = 0;
};

class ViewStore {
 public:
  virtual ~ViewStore() = default;
  virtual const std::vector<std::string>& families() const = 0;
  // All of the batch or none. Seen by every later snapshot; on disk at the latest after flush().
  // After a crash the store holds the state after some earlier commit, whole.
  virtual std::optional<ViewStoreError> commit(const WriteBatch& batch) = 0;
  virtual std::shared_ptr<const ViewSnapshot> snapshot() const = 0;
  // Empties every family and the checkpoint.
  virtual std::optional<ViewStoreError> clear() = 0;
  // Empties one family and leaves the checkpoint.
  virtual std::optional<ViewStoreError> clear_family(std::string_view family) = 0;
  // Returns once everything committed is on disk.
  virtual std::optional<ViewStoreError> flush() = 0;
};

// The stores of one installation: the one that is served, one that is built beside it, and the one
// that was served before. rocksdb/: folders views/<generation>/ and the file views/CURRENT, which
// names the served one and is replaced by rename and fsync. One thread at a time.
class ViewStores {
 public:
  virtual ~ViewStores() = default;
  // The served store; created when missing, made anew when unreadable.
  virtual ViewResult<std::shared_ptr<ViewStore>> open_current() = 0;
  // The store beside it: the one left by an interrupted rebuild, or a new empty one.
  virtual ViewResult<std::shared_ptr<ViewStore>> open_beside() = 0;
  // The store that was served before the last switch; null when there is none.
  virtual ViewResult<std::shared_ptr<ViewStore>> open_previous() = 0;
  virtual bool has_beside() const = 0;
  virtual bool has_previous() const = 0;
  // The store beside becomes the served one for every later open; the served one becomes the
  // previous one, and an older previous one is deleted.
  virtual std::optional<ViewStoreError> switch_to_beside() = 0;
  // The previous store becomes the served one and the served one the previous.
  virtual std::optional<ViewStoreError> switch_to_previous() = 0;
  // Deletes the store beside. Requires: nobody holds it.
  virtual std::optional<ViewStoreError> discard_beside() = 0;
};

}  // namespace silkledger::projections
