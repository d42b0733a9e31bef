#pragma once

#include "engine/activities/activity_registry.h"
#include "engine/base/clock.h"
#include "engine/base/random.h"
#include "engine/base/result.h"
#include "engine/engine_inbox.h"
#include "engine/expressions/expressions.h"
#include "engine/runtime/scheduler.h"
#include "engine/store/store.h"

#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace engine {

/// The engine thread: takes messages, runs the scheduler's turns, performs their effects, and
/// sleeps until the next message or timer. It halts when the store refuses or an invariant breaks;
/// the program goes on and everybody is told.
class EngineLoop : private Effects
{
public:
    struct Parts {
        const Clock &clock;
        Random &random;
        ActivityRegistry &activities;
        std::function<std::unique_ptr<Expressions>()> makeExpressions;
        std::function<Result<std::unique_ptr<Store>>()> openStore; ///< called on the engine thread
        /// After each commit that changed instances. Engine thread; may only post.
        std::function<void(std::vector<InstanceSummary>)> changed;
        std::function<void(const std::string &problem)> halted; ///< once, engine thread
    };

    /// Answers when the store is open and recovered, or why it is not.
    static Result<std::unique_ptr<EngineLoop>> start(
        Parts parts, SchedulerLimits limits, std::size_t inboxLimit);
    /// Finishes the turn in hand. Whoever still waits is answered Busy.
    ~EngineLoop() override;

    EngineInbox &inbox() { return *m_inbox; }
    /// Why it halted, or empty. Any thread.
    std::string problem() const;

private:
    EngineLoop(Parts parts, SchedulerLimits limits, std::size_t inboxLimit);

    void run(std::promise<Result<void>> opened);
    Result<void> open();
    Result<void> openOnce();
    void work();
    void accept();
    std::optional<Milliseconds> untilDue() const;
    void halt(const std::string &what);

    void runActivity(const ActivityRequest &request) override;
    void cancelActivity(const std::string &activity, const ActivityKey &key) override;
    void changed(std::vector<Change> changes) override;

    Parts m_parts;
    SchedulerLimits m_limits;
    std::shared_ptr<EngineInbox> m_inbox; ///< shared with activities, which may end after us
    std::unique_ptr<Store> m_store;
    std::unique_ptr<Expressions> m_expressions;
    std::unique_ptr<Scheduler> m_scheduler;
    mutable std::mutex m_problemMutex;
    std::string m_problem;
    std::thread m_thread;
};

} // namespace engine
