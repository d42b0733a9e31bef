#include "engine/activities/builtin/sql_activity.h"

#include "engine/activities/builtin/sql_statement.h"

#include <QTimer>

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace engine {

using namespace std::chrono_literals;

namespace {

// An interrupt that comes while a statement is being sent is lost: it is repeated until it ends.
constexpr Milliseconds interruptEvery = 50ms;

class SqlWork;

/// The way back to the net thread, for as long as there is one: a statement may end after it.
struct WayBack {
    std::mutex mutex;
    SqlWork *work = nullptr;
};

/// The statements under way. Net thread.
class SqlWork : public NetWork
{
public:
    SqlWork(SqlThreads threads, Milliseconds grace)
        : m_threads(std::move(threads))
        , m_grace(grace)
    {
        m_wayBack->work = this;
    }
    ~SqlWork() override
    {
        {
            const std::lock_guard lock(m_wayBack->mutex);
            m_wayBack->work = nullptr;
        }
        for (const auto &[key, running] : m_running) { // their threads are waited for
            running->statement->halt();
            running->statement->interrupt();
        }
    }

    void start(const ActivityRequest &request, ActivityDone done) override
    {
        auto read = sqlRequestFrom(request);
        if (!read)
            return done(Failure{
                .type = "ValidationError", .message = read.error().message, .retriable = false});
        // The database ends it by itself too, where it can, if we are no longer there to do so.
        const Milliseconds limit = request.timeout > 0ms ? request.timeout + m_grace : 0ms;
        auto statement = std::make_shared<SqlStatement>(*std::move(read), limit);
        auto running = std::make_unique<Running>(statement, std::move(done));
        connect(running->timer.get(), &QTimer::timeout, this,
            [this, key = request.key, limited = request.timeout] { timeUp(key, limited); });
        if (request.timeout > 0ms)
            running->timer->start(request.timeout);
        m_running.insert_or_assign(request.key, std::move(running));
        m_threads.run([statement, key = request.key, back = m_wayBack] {
            const auto outcome = statement->run();
            const std::lock_guard lock(back->mutex);
            if (SqlWork *work = back->work)
                QMetaObject::invokeMethod(
                    work, [=] { work->finish(key, statement, outcome); }, Qt::QueuedConnection);
        });
    }

    void cancel(const ActivityKey &key) override { end(key, canceledStatement()); }

private:
    struct Running {
        Running(std::shared_ptr<SqlStatement> given, ActivityDone told)
            : statement(std::move(given))
            , done(std::move(told))
        {}
        std::shared_ptr<SqlStatement> statement;
        ActivityDone done;
        /// For its timeout, then for the interrupts; it may be what ends us.
        std::unique_ptr<QTimer, QScopedPointerDeleteLater> timer{new QTimer};
        std::optional<Failure> verdict;
        Milliseconds grace{0}; ///< left
    };

    void timeUp(const ActivityKey &key, Milliseconds timeout)
    {
        const auto found = m_running.find(key);
        if (found == m_running.end())
            return;
        if (found->second->verdict)
            return interrupt(key, *found->second);
        end(key, Failure{.type = "ActivityTimeout",
                     .message = "sql: the statement took longer than " +
                                std::to_string(timeout.count()) + " ms"});
    }

    void end(const ActivityKey &key, Failure verdict)
    {
        const auto found = m_running.find(key);
        if (found == m_running.end() || found->second->verdict)
            return;
        Running &running = *found->second;
        running.verdict = std::move(verdict);
        running.grace = running.statement->halt() ? m_grace : 0ms;
        running.timer->start(interruptEvery);
        interrupt(key, running);
    }

    void interrupt(const ActivityKey &key, Running &running)
    {
        if (running.grace <= 0ms)
            return finish(key, running.statement, *running.verdict);
        running.grace -= interruptEvery;
        m_threads.interrupt([statement = running.statement] { statement->interrupt(); });
    }

    void finish(const ActivityKey &key, const std::shared_ptr<SqlStatement> &statement,
        const ActivityOutcome &outcome)
    {
        const auto found = m_running.find(key);
        if (found == m_running.end() || found->second->statement != statement)
            return;
        const auto running = std::move(found->second);
        m_running.erase(found);
        running->timer->disconnect(this);
        running->done(running->verdict ? ActivityOutcome(*running->verdict) : outcome);
    }

    SqlThreads m_threads;
    Milliseconds m_grace;
    std::shared_ptr<WayBack> m_wayBack = std::make_shared<WayBack>();
    std::map<ActivityKey, std::unique_ptr<Running>> m_running;
};

} // namespace

SqlActivity::SqlActivity(QObject &net, SqlThreads threads, Milliseconds grace)
    : NetActivity(net, std::make_unique<SqlWork>(std::move(threads), grace))
{}

} // namespace engine
