// Asio under one name, with the one completion token that coroutines of the edge use:
//   auto [error, bytes] = co_await net::async_write(socket, buffers, as_result);
// An ordinary disconnect is a value here, not an exception.
//
// For .cpp files of the edge and their private headers only; nothing that server/core sees includes
// it.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/error_code.hpp>

namespace silkledger::server {

namespace net = boost::asio;
using tcp = net::ip::tcp;
using boost::system::error_code;

inline constexpr auto as_result = net::as_tuple(net::use_awaitable);

}  // namespace silkledger::server
