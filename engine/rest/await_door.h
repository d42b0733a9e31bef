#pragma once

#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <functional>
#include <memory>
#include <optional>

namespace engine {

/// A call that answers by completion, as an Asio awaitable: the bridge between the two worlds.
/// `ask` gets the completion and must see that it runs on the coroutine's thread (Exchange::then
/// posts). The coroutine waits on a timer of its own executor, so that its frame never belongs to
/// whoever holds the completion: an engine that drops or keeps it too long leaves nothing dangling.
template<typename T>
boost::asio::awaitable<T> awaitDoor(const std::function<void(std::function<void(T)>)> &ask)
{
    namespace asio = boost::asio;
    struct Waiting {
        asio::steady_timer answered;
        std::optional<T> value;
    };
    const auto executor = co_await asio::this_coro::executor;
    const auto waiting = std::make_shared<Waiting>(Waiting{asio::steady_timer(executor), {}});
    waiting->answered.expires_at(asio::steady_timer::time_point::max());
    ask([weak = std::weak_ptr(waiting)](T value) {
        if (const auto alive = weak.lock()) {
            alive->value = std::move(value);
            alive->answered.cancel();
        }
    });
    boost::system::error_code interrupted;
    while (!waiting->value)
        co_await waiting->answered.async_wait(
            asio::redirect_error(asio::use_awaitable, interrupted));
    co_return std::move(*waiting->value);
}

} // namespace engine
