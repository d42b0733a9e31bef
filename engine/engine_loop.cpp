#include "engine/engine_loop.h"

#include <QLoggingCategory>

#include <algorithm>
#include <utility>

namespace engine {

using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(loopLog, "engine.loop", QtInfoMsg)

namespace {

// How late a timer can be when somebody sets the machine's clock forward.
constexpr Milliseconds longestSleep = 1000ms;

} // namespace

Result<std::unique_ptr<EngineLoop>> EngineLoop::start(
    Parts parts, SchedulerLimits limits, std::size_t inboxLimit)
{
    std::unique_ptr<EngineLoop> loop(
        new EngineLoop(std::move(parts), std::move(limits), inboxLimit));
    std::promise<Result<void>> opened;
    auto ready = opened.get_future();
    loop->m_thread = std::thread([self = loop.get(), opened = std::move(opened)]() mutable {
        self->run(std::move(opened));
    });
    if (auto result = ready.get(); !result)
        return result.error();
    return loop;
}

EngineLoop::EngineLoop(Parts parts, SchedulerLimits limits, std::size_t inboxLimit)
    : m_parts(std::move(parts))
    , m_limits(std::move(limits))
    , m_inbox(std::make_shared<EngineInbox>(inboxLimit))
{}

EngineLoop::~EngineLoop()
{
    m_inbox->stop();
    m_thread.join();
}

std::string EngineLoop::problem() const
{
    const std::lock_guard lock(m_problemMutex);
    return m_problem;
}

void EngineLoop::run(std::promise<Result<void>> opened)
{
    const auto result = open();
    opened.set_value(result);
    if (result)
        work();
    m_inbox->close({ErrorCode::Busy, "The engine stops; try again later.", {}});
    // Here, because they belong to this thread; and what they owe is answered now.
    m_scheduler.reset();
    m_expressions.reset();
    m_store.reset();
}

Result<void> EngineLoop::open()
{
    auto opened = openOnce();
    if (opened || opened.error().code != ErrorCode::Damaged)
        return opened;
    // Met while it was read; what is met is mended when it is opened again (semantics 11.2).
    m_scheduler.reset();
    m_expressions.reset();
    m_store.reset();
    return openOnce();
}

Result<void> EngineLoop::openOnce()
{
    try {
        auto store = m_parts.openStore();
        if (!store)
            return store.error();
        m_store = *std::move(store);
        m_expressions = m_parts.makeExpressions();
        m_scheduler = std::make_unique<Scheduler>(
            Scheduler::Parts{*m_store, *m_expressions, m_parts.clock, m_parts.random, *this},
            m_limits);
        return m_scheduler->recover();
    } catch (const std::exception &fault) {
        return Error{ErrorCode::Damaged,
            std::string("The engine cannot start: ") + fault.what() +
                ". Report this; until then, put the last backup in the place of the database.",
            {}};
    }
}

void EngineLoop::work()
{
    try {
        while (m_inbox->wait(m_scheduler->hasWork() ? std::optional(0ms) : untilDue())) {
            accept();
            if (const auto turned = m_scheduler->turn(); !turned)
                return halt(turned.error().message);
        }
    } catch (const std::exception &fault) {
        halt(std::string("an invariant is broken (") + fault.what() +
             "). What was answered is safe. Start Signalbox again, and report this if it comes "
             "back");
    }
}

std::optional<Milliseconds> EngineLoop::untilDue() const
{
    const auto due = m_scheduler->nextDue();
    if (!due)
        return {};
    return std::clamp(*due - m_parts.clock.now(), 0ms, longestSleep);
}

void EngineLoop::accept()
{
    auto taken = m_inbox->take();
    for (auto &deployment : taken.deployments)
        m_scheduler->deploy(std::move(deployment.text), deployment.grant,
            std::move(deployment.answered), std::move(deployment.source));
    for (auto &submission : taken.submissions)
        m_scheduler->submit(std::move(submission.message), std::move(submission.answered));
}

void EngineLoop::halt(const std::string &what)
{
    const std::string problem = "The engine stopped: " + what;
    qCCritical(loopLog).noquote() << QString::fromStdString(problem);
    {
        const std::lock_guard lock(m_problemMutex);
        m_problem = problem;
    }
    m_inbox->close({ErrorCode::Unavailable, problem, {}});
    m_parts.halted(problem);
}

void EngineLoop::runActivity(const ActivityRequest &request)
{
    const auto finish = [inbox = m_inbox, instance = request.instance, key = request.key,
                            attempt = request.attempt](ActivityOutcome outcome) {
        inbox->add({instance, key.run, ActivityFinished{key.task, attempt, std::move(outcome)}});
    };
    if (Activity *activity = m_parts.activities.find(request.activity))
        return activity->start(request, finish);
    finish(Failure{.type = "NotAllowed",
        .message = "this Signalbox has no activity '" + request.activity + "'",
        .retriable = false});
}

void EngineLoop::cancelActivity(const std::string &name, const ActivityKey &key)
{
    if (Activity *activity = m_parts.activities.find(name))
        activity->cancel(key);
}

void EngineLoop::changed(std::vector<Change> changes)
{
    std::vector<InstanceSummary> summaries;
    summaries.reserve(changes.size());
    for (Change &change : changes)
        summaries.push_back(std::move(change.summary));
    m_parts.changed(std::move(summaries));
}

} // namespace engine
