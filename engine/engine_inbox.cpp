#include "engine/engine_inbox.h"

#include <utility>

namespace engine {

/// An answer that somebody waits for. Whoever drops it unanswered has answered with the reason why
/// the engine stopped.
template<typename T>
class EngineInbox::Owed
{
public:
    Owed(std::shared_ptr<EngineInbox> inbox, std::function<void(Result<T>)> answered)
        : m_inbox(std::move(inbox))
        , m_answered(std::move(answered))
    {}
    Owed(const Owed &) = delete;
    Owed &operator=(const Owed &) = delete;
    ~Owed()
    {
        if (!m_answered)
            return;
        // Dropped by an open inbox: an invariant broke in the turn that had it in hand.
        const Error broke{ErrorCode::Unavailable,
            "The engine stopped while it dealt with this; look what became of it after the next "
            "start.",
            {}};
        answer(m_inbox->closed().value_or(broke));
    }

    void answer(Result<T> result)
    {
        --m_inbox->m_owed;
        std::exchange(m_answered, nullptr)(std::move(result));
    }

private:
    std::shared_ptr<EngineInbox> m_inbox;
    std::function<void(Result<T>)> m_answered;
};

EngineInbox::EngineInbox(std::size_t limit)
    : m_limit(limit)
{}

template<typename T>
std::function<void(Result<T>)> EngineInbox::owed(std::function<void(Result<T>)> answered)
{
    ++m_owed;
    auto owed = std::make_shared<Owed<T>>(shared_from_this(), std::move(answered));
    return [owed = std::move(owed)](Result<T> result) { owed->answer(std::move(result)); };
}

std::optional<Error> EngineInbox::closed()
{
    const std::lock_guard lock(m_mutex);
    return m_closed;
}

void EngineInbox::submit(Message message, MessageAnswered answered)
{
    if (const auto reason = closed())
        return answered(*reason);
    ++m_messages;
    if (m_owed.load() >= m_limit) {
        ++m_refused;
        return answered(Error{ErrorCode::Busy,
            "The engine has " + std::to_string(m_limit) + " messages waiting; try again later.",
            {}});
    }
    put({std::move(message), owed(std::move(answered))});
}

EngineInbox::Count EngineInbox::count() const
{
    return {m_messages.load(), m_refused.load(), static_cast<std::int64_t>(m_owed.load()),
        static_cast<std::int64_t>(m_limit)};
}

void EngineInbox::put(Submission submission)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_closed)
            return; // the answer that is owed goes with it
        m_waiting.submissions.push_back(std::move(submission));
    }
    m_wake.notify_one();
}

void EngineInbox::deploy(std::string text, bool grant, FlowDeployed answered, Source source)
{
    if (const auto reason = closed())
        return answered(*reason);
    Deployment deployment{
        std::move(text), grant, owed(std::move(answered)), std::move(source)};
    {
        const std::lock_guard lock(m_mutex);
        if (m_closed)
            return; // the answer that is owed goes with it
        m_waiting.deployments.push_back(std::move(deployment));
    }
    m_wake.notify_one();
}

void EngineInbox::add(Message message) { put({std::move(message), {}}); }

EngineInbox::Taken EngineInbox::take()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_waiting, {});
}

bool EngineInbox::wait(std::optional<Milliseconds> longest)
{
    std::unique_lock lock(m_mutex);
    const auto ready = [this] {
        return m_stop || !m_waiting.submissions.empty() || !m_waiting.deployments.empty();
    };
    if (longest)
        m_wake.wait_for(lock, *longest, ready);
    else
        m_wake.wait(lock, ready);
    return !m_stop;
}

void EngineInbox::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_wake.notify_one();
}

void EngineInbox::close(Error reason)
{
    Taken dropped;
    {
        const std::lock_guard lock(m_mutex);
        if (!m_closed)
            m_closed = std::move(reason);
        dropped = std::exchange(m_waiting, {});
    }
}

} // namespace engine
