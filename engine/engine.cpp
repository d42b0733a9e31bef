#include "engine/engine.h"

#include "engine/activities/builtin/builtin_activities.h"
#include "engine/data_directory.h"
#include "engine/engine_changes.h"
#include "engine/engine_door.h"
#include "engine/engine_keys.h"
#include "engine/engine_loop.h"
#include "engine/engine_measures.h"
#include "engine/engine_secrets.h"
#include "engine/observed_store.h"
#include "engine/job_threads.h"
#include "engine/page_watch.h"
#include "engine/query_threads.h"
#include "engine/runtime/summary.h"
#include "engine/secret_store.h"
#include "engine/store/sqlite/sqlite_backup.h"
#include "engine/store/sqlite/sqlite_checkpoint.h"
#include "engine/store/sqlite/sqlite_mend.h"
#include "engine/store/sqlite/sqlite_reader.h"
#include "engine/store/sqlite/sqlite_store.h"

#include <QLoggingCategory>
#include <QPromise>
#include <QThread>

#include <atomic>
#include <mutex>
#include <utility>

namespace engine {

Q_LOGGING_CATEGORY(engineLog, "engine", QtInfoMsg)

namespace {

// A commit adds a page to the log, and about five for each instance that is not near another one:
// at most 160 MB of them wait. More often would write a page again that changes again.
constexpr std::size_t writesPerCheckpoint = 8'192;

SchedulerLimits limitsFrom(const EngineOptions &options)
{
    return {.messagesPerTurn = options.messagesPerTurn,
        .turnTime = options.turnTime,
        .stepsPerDecision = options.stepsPerDecision,
        .decisionTime = options.decisionTime,
        .stepsWithoutWait = options.stepsWithoutWait,
        .cachedInstances = options.cachedInstances,
        .allowed = options.allowed};
}

/// The net thread, and an object that lives on it.
class NetThread
{
public:
    NetThread()
    {
        m_place->moveToThread(&m_thread);
        // On its thread, with everything that grew on it.
        QObject::connect(&m_thread, &QThread::finished, m_place, &QObject::deleteLater);
        m_thread.setObjectName(QStringLiteral("net"));
        m_thread.start();
    }
    ~NetThread()
    {
        m_thread.quit();
        m_thread.wait();
    }
    QObject &place() { return *m_place; }

private:
    QThread m_thread;
    QObject *m_place = new QObject;
};

/// Threads that need nothing of their own.
struct NoTool {
};

RunJob runOn(JobThreads<NoTool> &threads)
{
    return [&threads](std::function<void()> job) {
        threads.post([job = std::move(job)](NoTool &) { job(); });
    };
}

Result<InstanceSummary> summaryOfRows(const std::vector<HistoryRow> &rows)
{
    try {
        return summaryOf(replay(rows));
    } catch (const std::exception &fault) {
        return Error{ErrorCode::Damaged, fault.what(), {}};
    }
}

/// What is damaged is mended first; what became of it is in the log, and in `mended`.
Result<std::unique_ptr<Store>> openStore(
    const std::string &directory, std::int64_t lookedAt, QStringList &mended)
{
    const auto lines = mendIfDamaged(directory, summaryOfRows, lookedAt);
    if (!lines)
        return lines.error();
    for (const std::string &line : *lines) {
        mended += QString::fromStdString(line);
        qCWarning(engineLog).noquote() << mended.back();
    }
    auto store = SqliteStore::open(directory);
    if (!store)
        return store.error();
    return std::unique_ptr<Store>(*std::move(store));
}

using Checkpoint = Result<std::unique_ptr<SqliteCheckpoint>>;

/// What `ask` hands to a completion, as a future.
template<typename T, typename Ask>
QFuture<Result<T>> futureOf(Ask ask)
{
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    auto future = promise->future();
    ask([promise](Result<T> result) {
        promise->addResult(std::move(result));
        promise->finish();
    });
    return future;
}

} // namespace

// In the order in which they must be there; ended from the last to the first.
struct Engine::Implementation {
    Implementation(EngineOptions givenOptions, const EngineParts &parts);

    Result<void> open(const EngineParts &parts, Engine &engine);
    void countCommit(std::size_t instances);
    Result<std::string> callbackUrl(const InstanceId &instance);
    Result<std::unique_ptr<Store>> openObserved(Engine &engine);
    void watchPages(Engine &engine);
    Result<void> openKeys(const Clock &clock);

    EngineOptions options;
    std::unique_ptr<DataDirectory> directory;
    std::mutex callbackMutex;
    CallbackUrl callback; ///< empty while no port is open
    JobThreads<Expressions> workers;
    JobThreads<NoTool> sqlThreads;
    JobThreads<NoTool> sqlInterrupts; ///< ends statements that run too long
    NetThread net;                    ///< ends before those above: it hands work on to them
    ActivityRegistry activities;
    OnBoard board;
    JobThreads<Checkpoint> checkpoints;
    std::size_t writes = 0; ///< since the last checkpoint; engine thread
    std::atomic<bool> checkpointing{false};
    JobThreads<NoTool> backups{1, AtEnd::Drop, std::make_unique<NoTool>};
    CommitMeter commits;
    std::unique_ptr<EngineKeys> keys; ///< what the loop answers at its end comes through it
    std::unique_ptr<QueryThreads> queries;
    EngineChanges changes{queries};
    std::unique_ptr<EngineLoop> loop;
    PageWatch pages;
    std::unique_ptr<EngineMeasures> measures;
    std::unique_ptr<EngineSecrets> secrets;
    std::unique_ptr<EngineDoor> door;
};

Engine::Implementation::Implementation(EngineOptions givenOptions, const EngineParts &parts)
    : options(std::move(givenOptions))
    , workers(options.workers, AtEnd::Drop, parts.makeExpressions)
    , sqlThreads(options.sqlThreads, AtEnd::Drop, std::make_unique<NoTool>)
    , sqlInterrupts(1, AtEnd::Finish, std::make_unique<NoTool>)
    , checkpoints(1, AtEnd::Drop, [this] {
        return std::make_unique<Checkpoint>(SqliteCheckpoint::open(directory->path()));
    })
{
    board = addBuiltinActivities(activities,
        {.net = net.place(),
            .runOnWorker =
                [this](std::function<void(Expressions &)> job) { workers.post(std::move(job)); },
            .fileRoot = [this] { return directory->path() + "/files"; },
            .secrets = {.find =
                            [this](const std::string &name, SecretFound found) {
                                SecretStore(directory->path()).find(name, std::move(found));
                            },
                .callbackUrl =
                    [this](const InstanceId &instance) { return callbackUrl(instance); }},
            .sql = {.run = runOn(sqlThreads), .interrupt = runOn(sqlInterrupts)},
            .clock = parts.clock});
}

Result<void> Engine::Implementation::open(const EngineParts &parts, Engine &engine)
{
    auto taken = DataDirectory::take(options.directory);
    if (!taken)
        return taken.error();
    directory = *std::move(taken);
    const std::string path = directory->path();
    EngineLoop::Parts loopParts{.clock = parts.clock,
        .random = parts.random,
        .activities = activities,
        .makeExpressions = parts.makeExpressions,
        .openStore = [this, &engine] { return openObserved(engine); },
        .changed =
            [this, &engine](const std::vector<InstanceSummary> &changed) {
                countCommit(changed.size());
                emit engine.instancesChanged(changed);
            },
        .halted =
            [&engine](const std::string &problem) {
                emit engine.halted(QString::fromStdString(problem));
            }};
    auto started = EngineLoop::start(std::move(loopParts), limitsFrom(options), options.inboxLimit);
    if (!started)
        return started.error();
    loop = *std::move(started);
    queries = std::make_unique<QueryThreads>([path]() -> Result<std::unique_ptr<Reader>> {
        auto reader = SqliteReader::open(path);
        if (!reader)
            return reader.error();
        return std::unique_ptr<Reader>(*std::move(reader));
    });
    if (auto known = openKeys(parts.clock); !known)
        return known;
    measures = std::make_unique<EngineMeasures>(*loop, *queries, commits, path);
    secrets = std::make_unique<EngineSecrets>(loop->inbox(), path, runOn(backups));
    watchPages(engine);
    auto backUp = [this, path](BackupRequest request, Completion<Backup> answered) {
        backups.post([path, request = std::move(request), answered = std::move(answered)](NoTool &) {
            const auto bytes = backUpDatabase(path, request.path);
            if (bytes)
                return answered(Backup{request.path, *bytes});
            answered(bytes.error());
        });
    };
    door = std::make_unique<EngineDoor>(*loop, *queries, pages, board, std::move(backUp),
        WebhookParts{.clock = parts.clock,
            .findSecret =
                [this](const std::string &name, SecretFound found) {
                    board([this, name, found = std::move(found)](WorkBoard &) { // on the net thread
                        SecretStore(directory->path()).find(name, found);
                    });
                },
            .runOnWorker =
                [this](std::function<void(Expressions &)> job) { workers.post(std::move(job)); }},
        EngineDoor::Sides{changes, *keys, *measures, *secrets});
    return {};
}

/// Of a database that is too large to be looked at before it is opened. From the event loop, so that
/// whoever has opened us can listen before anything is found.
void Engine::Implementation::watchPages(Engine &engine)
{
    const std::string path = directory->path();
    if (isLookedAtAtTheStart(path, options.lookedAtAtTheStart))
        return;
    QMetaObject::invokeMethod(
        &engine,
        [this, path, &engine] {
            pages.begin(path, [&engine](const std::string &damage) {
                emit engine.damaged(QString::fromStdString(damage));
            });
        },
        Qt::QueuedConnection);
}

Result<std::unique_ptr<Store>> Engine::Implementation::openObserved(Engine &engine)
{
    QStringList mended;
    auto store = openStore(directory->path(), options.lookedAtAtTheStart, mended);
    if (!mended.isEmpty()) // from the event loop, as above
        QMetaObject::invokeMethod(
            &engine, [&engine, mended] { emit engine.mended(mended); }, Qt::QueuedConnection);
    if (!store)
        return store.error();
    return std::unique_ptr<Store>(std::make_unique<ObservedStore>(
        *std::move(store), commits, [this] { changes.tell(); }));
}

/// Before the first request can ask for one.
Result<void> Engine::Implementation::openKeys(const Clock &clock)
{
    auto reader = SqliteReader::open(directory->path());
    if (!reader)
        return reader.error();
    const auto stored = (*reader)->accessKeys();
    if (!stored)
        return stored.error();
    auto known = EngineKeys::from(loop->inbox(), clock, *stored, [this] { changes.tell(); });
    if (!known)
        return known.error();
    keys = *std::move(known);
    return {};
}

Result<std::string> Engine::Implementation::callbackUrl(const InstanceId &instance)
{
    const std::lock_guard lock(callbackMutex);
    if (!callback)
        return Error{ErrorCode::Unavailable,
            "no REST port is open, so nobody could call back; run signalbox, or signalbox serve",
            {}};
    return callback(instance);
}

void Engine::Implementation::countCommit(std::size_t instances)
{
    writes += 1 + instances;
    if (writes < writesPerCheckpoint || checkpointing.exchange(true))
        return;
    writes = 0;
    checkpoints.post([this](Checkpoint &checkpoint) {
        const auto done =
            checkpoint ? (*checkpoint)->checkpoint() : Result<void>(checkpoint.error());
        if (!done)
            qCWarning(engineLog).noquote() << "checkpoint" << done.error().message.c_str();
        checkpointing.store(false);
    });
}

Result<std::unique_ptr<Engine>> Engine::open(EngineOptions options, EngineParts parts)
{
    std::unique_ptr<Engine> engine(
        new Engine(std::make_unique<Implementation>(std::move(options), parts)));
    if (auto opened = engine->m_implementation->open(parts, *engine); !opened)
        return opened.error();
    return engine;
}

Engine::Engine(std::unique_ptr<Implementation> implementation)
    : m_implementation(std::move(implementation))
{}

Engine::~Engine()
{
    // Here, while we are still an Engine: the engine thread emits our signals until it ends.
    m_implementation.reset();
}

void Engine::callBackThrough(CallbackUrl url)
{
    const std::lock_guard lock(m_implementation->callbackMutex);
    m_implementation->callback = std::move(url);
}

Door Engine::door() { return m_implementation->door->door(); }

QFuture<Result<DeployedFlow>> Engine::deploy(DeployFlow request)
{
    return futureOf<DeployedFlow>(
        [&](auto answered) { door().flows.deploy(std::move(request), std::move(answered)); });
}

QFuture<Result<std::vector<FlowVersion>>> Engine::flows()
{
    return futureOf<std::vector<FlowVersion>>(
        [&](auto answered) { door().flows.list(std::move(answered)); });
}

QFuture<Result<Acceptance>> Engine::start(StartRequest request)
{
    return futureOf<Acceptance>(
        [&](auto answered) { door().instances.start(std::move(request), std::move(answered)); });
}

QFuture<Result<Acceptance>> Engine::raise(RaiseRequest request)
{
    return futureOf<Acceptance>(
        [&](auto answered) { door().instances.raise(std::move(request), std::move(answered)); });
}

QFuture<Result<Acceptance>> Engine::terminate(TerminateRequest request)
{
    return futureOf<Acceptance>([&](auto answered) {
        door().instances.terminate(std::move(request), std::move(answered));
    });
}

QFuture<Result<Acceptance>> Engine::suspend(OperationRequest request)
{
    return futureOf<Acceptance>(
        [&](auto answered) { door().operations.suspend(std::move(request), std::move(answered)); });
}

QFuture<Result<Acceptance>> Engine::resume(OperationRequest request)
{
    return futureOf<Acceptance>(
        [&](auto answered) { door().operations.resume(std::move(request), std::move(answered)); });
}

QFuture<Result<Acceptance>> Engine::retry(OperationRequest request)
{
    return futureOf<Acceptance>(
        [&](auto answered) { door().operations.retry(std::move(request), std::move(answered)); });
}

QFuture<Result<Acceptance>> Engine::deleteKept(KeptEventRequest request)
{
    return futureOf<Acceptance>([&](auto answered) {
        door().operations.deleteKept(std::move(request), std::move(answered));
    });
}

QFuture<Result<Acceptance>> Engine::handOn(KeptEventRequest request)
{
    return futureOf<Acceptance>(
        [&](auto answered) { door().operations.handOn(std::move(request), std::move(answered)); });
}

QFuture<Result<Acceptance>> Engine::replayUndelivered(UndeliveredRequest request)
{
    return futureOf<Acceptance>([&](auto answered) {
        door().operations.replayUndelivered(std::move(request), std::move(answered));
    });
}

QFuture<Result<Acceptance>> Engine::deleteUndelivered(UndeliveredRequest request)
{
    return futureOf<Acceptance>([&](auto answered) {
        door().operations.deleteUndelivered(std::move(request), std::move(answered));
    });
}

QFuture<Result<std::vector<EventVerdict>>> Engine::explain(ExplainRequest request)
{
    return futureOf<std::vector<EventVerdict>>(
        [&](auto answered) { door().queries.explain(std::move(request), std::move(answered)); });
}

QFuture<Result<UndeliveredPage>> Engine::undelivered(LogRequest request)
{
    return futureOf<UndeliveredPage>([&](auto answered) {
        door().queries.undelivered(std::move(request), std::move(answered));
    });
}

QFuture<Result<InstanceSummary>> Engine::find(InstanceId instance)
{
    return futureOf<InstanceSummary>(
        [&](auto answered) { door().queries.find(std::move(instance), std::move(answered)); });
}

QFuture<Result<InstancePage>> Engine::list(ListRequest request)
{
    return futureOf<InstancePage>(
        [&](auto answered) { door().queries.list(std::move(request), std::move(answered)); });
}

QFuture<Result<InstanceHistory>> Engine::history(HistoryRequest request)
{
    return futureOf<InstanceHistory>(
        [&](auto answered) { door().queries.history(std::move(request), std::move(answered)); });
}

QFuture<Result<Backup>> Engine::backUp(BackupRequest request)
{
    return futureOf<Backup>(
        [&](auto answered) { door().queries.backUp(std::move(request), std::move(answered)); });
}

QFuture<Result<std::vector<InstanceCounts>>> Engine::counts()
{
    return futureOf<std::vector<InstanceCounts>>(
        [&](auto answered) { door().queries.counts(std::move(answered)); });
}

} // namespace engine
