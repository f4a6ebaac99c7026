#include "server/http/connection_table.h"

#include <utility>

namespace silkledger::server {

ConnectionSlot::ConnectionSlot(std::shared_ptr<ConnectionTable> table, std::string address,
                               std::uint64_t id)
    : table_(std::move(table)), address_(std::move(address)), id_(id) {}

ConnectionSlot::~ConnectionSlot() { table_->leave(id_, address_); }

void ConnectionSlot::occupy(std::weak_ptr<Connection> connection) {
  table_->occupy(id_, std::move(connection));
}

std::unique_ptr<ConnectionSlot> ConnectionTable::admit(const std::string& address,
                                                       Refusal& refusal) {
  const std::lock_guard lock(mutex_);
  refusal = Refusal::none;
  if (connections_.size() >= connections_max_) {
    refusal = Refusal::full;
    return nullptr;
  }
  std::size_t& of_address = per_address_[address];
  if (of_address >= per_address_max_) {
    refusal = Refusal::address_full;
    return nullptr;
  }
  ++of_address;
  const std::uint64_t id = next_id_++;
  connections_.emplace(id, std::weak_ptr<Connection>{});
  return std::make_unique<ConnectionSlot>(shared_from_this(), address, id);
}

std::vector<std::shared_ptr<Connection>> ConnectionTable::all() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::shared_ptr<Connection>> result;
  result.reserve(connections_.size());
  for (const auto& [id, connection] : connections_) {
    if (auto alive = connection.lock()) result.push_back(std::move(alive));
  }
  return result;
}

std::size_t ConnectionTable::size() const {
  const std::lock_guard lock(mutex_);
  return connections_.size();
}

void ConnectionTable::occupy(std::uint64_t id, std::weak_ptr<Connection> connection) {
  const std::lock_guard lock(mutex_);
  connections_[id] = std::move(connection);
}

void ConnectionTable::leave(std::uint64_t id, const std::string& address) {
  const std::lock_guard lock(mutex_);
  connections_.erase(id);
  const auto of_address = per_address_.find(address);
  if (of_address != per_address_.end() && --of_address->second == 0) per_address_.erase(of_address);
}

}  // namespace silkledger::server
