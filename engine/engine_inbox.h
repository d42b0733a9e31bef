#pragma once

#include "engine/base/clock.h"
#include "engine/history/message.h"
#include "engine/runtime/scheduler.h"

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace engine {

/// What reached the engine thread and was not taken yet: any thread puts, the engine thread takes.
/// Everybody who waits for an answer gets exactly one, also when the engine stops.
class EngineInbox : public std::enable_shared_from_this<EngineInbox>
{
public:
    struct Submission {
        Message message;
        MessageAnswered answered;
    };
    struct Deployment {
        std::string text;
        bool grant = false;
        FlowDeployed answered;
        Source source;
    };
    struct Taken {
        std::vector<Submission> submissions;
        std::vector<Deployment> deployments;
    };

    /// `limit`: how many from outside may wait for their answers at once.
    explicit EngineInbox(std::size_t limit);

    /// From outside. Answers Busy at once when the inbox is full.
    void submit(Message message, MessageAnswered answered);
    void deploy(std::string text, bool grant, FlowDeployed answered, Source source = {});
    /// A result of our own; never refused.
    void add(Message message);

    /// What was put from outside so far.
    struct Count {
        std::int64_t messages = 0;
        std::int64_t refused = 0; ///< because it was full
        std::int64_t waiting = 0; ///< have no answer yet
        std::int64_t mostWaiting = 0;
    };
    Count count() const;

    Taken take();
    /// Sleeps until something comes, but no longer than `longest`. False: stop() was called.
    bool wait(std::optional<Milliseconds> longest);
    /// The engine thread is to end after its turn.
    void stop();
    /// From now on everything is answered with `reason`, also what is still owed.
    void close(Error reason);

private:
    template<typename T>
    class Owed;
    template<typename T>
    std::function<void(Result<T>)> owed(std::function<void(Result<T>)> answered);
    /// Why, once it is.
    std::optional<Error> closed();
    void put(Submission submission);

    std::size_t m_limit;
    std::atomic<std::size_t> m_owed{0};
    std::atomic<std::int64_t> m_messages{0};
    std::atomic<std::int64_t> m_refused{0};
    std::mutex m_mutex;
    std::condition_variable m_wake;
    Taken m_waiting;
    std::optional<Error> m_closed;
    bool m_stop = false;
};

} // namespace engine
