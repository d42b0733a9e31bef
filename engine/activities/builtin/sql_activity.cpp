#include "engine/activities/builtin/sql_activity.h"

#include "engine/activities/builtin/sql_request.h"
#include "engine/activities/builtin/sql_statement.h"

#include <QSqlQuery>
#include <QTimer>

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace engine {

using namespace std::chrono_literals;

namespace {

/// What the net thread and the thread of the statement know of an attempt.
struct SqlAttempt {
    SqlRequest request;
    Milliseconds timeout{0};
    SqlInterrupt interrupt;
};

/// PostgreSQL ends the statement by itself, also where nobody can reach it any more; a little later
/// than we do.
void limitTime(const QSqlDatabase &database, Milliseconds timeout)
{
    const Milliseconds limit = timeout > 0ms ? timeout + 1s : 0ms;
    if (database.driverName() == QLatin1String("QPSQL"))
        QSqlQuery(database).exec(QStringLiteral("set statement_timeout = %1").arg(limit.count()));
}

ActivityOutcome outcomeOf(SqlAttempt &attempt, SqlConnections &connections)
{
    if (attempt.interrupt.wasInterrupted()) // before it had begun
        return Failure{.type = "Canceled", .message = "sql: canceled"};
    auto opened = connections.open(attempt.request.connection);
    if (auto *failure = std::get_if<Failure>(&opened))
        return std::move(*failure);
    auto database = std::get<QSqlDatabase>(std::move(opened));
    limitTime(database, attempt.timeout);
    attempt.interrupt.watch(database);
    // Between the look above and the watch nobody could have interrupted it.
    ActivityOutcome outcome = attempt.interrupt.wasInterrupted()
                                  ? Failure{.type = "Canceled", .message = "sql: canceled"}
                                  : runStatement(database, attempt.request);
    attempt.interrupt.unwatch();
    opened = Failure{}; // Qt closes a connection only when nobody holds it
    database = {};
    if (std::holds_alternative<Failure>(outcome))
        connections.close(attempt.request.connection);
    return outcome;
}

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
        for (const auto &[key, running] : m_running)
            running->attempt->interrupt.interrupt(); // their threads are waited for
    }

    void start(const ActivityRequest &request, ActivityDone done) override
    {
        auto read = sqlRequestFrom(request);
        if (!read)
            return done(Failure{
                .type = "ValidationError", .message = read.error().message, .retriable = false});
        auto attempt = std::make_shared<SqlAttempt>();
        attempt->request = *std::move(read);
        attempt->timeout = request.timeout;
        auto running = std::make_unique<Running>(attempt, std::move(done));
        running->timer->setSingleShot(true);
        connect(running->timer.get(), &QTimer::timeout, this,
            [this, key = request.key] { timeUp(key); });
        if (request.timeout > 0ms)
            running->timer->start(request.timeout);
        m_running.insert_or_assign(request.key, std::move(running));
        m_threads.run([attempt, key = request.key, back = m_wayBack](SqlConnections &connections) {
            const auto outcome = outcomeOf(*attempt, connections);
            const std::lock_guard lock(back->mutex);
            if (SqlWork *work = back->work)
                QMetaObject::invokeMethod(
                    work, [work, key, attempt, outcome] { work->finish(key, attempt, outcome); },
                    Qt::QueuedConnection);
        });
    }

    void cancel(const ActivityKey &key) override
    {
        end(key, Failure{.type = "Canceled", .message = "sql: canceled", .retriable = false});
    }

private:
    struct Running {
        Running(std::shared_ptr<SqlAttempt> given, ActivityDone told)
            : attempt(std::move(given))
            , done(std::move(told))
        {}
        std::shared_ptr<SqlAttempt> attempt;
        ActivityDone done;
        /// For its timeout, then for the grace; it may be what ends us.
        std::unique_ptr<QTimer, QScopedPointerDeleteLater> timer{new QTimer};
        std::optional<Failure> verdict;
    };

    void timeUp(const ActivityKey &key)
    {
        const auto found = m_running.find(key);
        if (found == m_running.end())
            return;
        Running &running = *found->second;
        if (running.verdict) // the grace is over too
            return finish(key, running.attempt, *running.verdict);
        end(key, Failure{.type = "ActivityTimeout",
                     .message = "sql: the statement took longer than " +
                                std::to_string(running.attempt->timeout.count()) + " ms"});
    }

    void end(const ActivityKey &key, Failure verdict)
    {
        const auto found = m_running.find(key);
        if (found == m_running.end() || found->second->verdict)
            return;
        found->second->verdict = std::move(verdict);
        found->second->timer->start(m_grace);
        m_threads.interrupt([attempt = found->second->attempt] { attempt->interrupt.interrupt(); });
    }

    void finish(const ActivityKey &key, const std::shared_ptr<SqlAttempt> &attempt,
        const ActivityOutcome &outcome)
    {
        const auto found = m_running.find(key);
        if (found == m_running.end() || found->second->attempt != attempt)
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
