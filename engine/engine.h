#pragma once

#include "engine/base/callback_url.h"
#include "engine/base/clock.h"
#include "engine/base/random.h"
#include "engine/base/result.h"
#include "engine/door/door.h"
#include "engine/engine_options.h"
#include "engine/expressions/expressions.h"

#include <QFuture>
#include <QObject>
#include <QStringList>

#include <functional>
#include <memory>

namespace engine {

/// Makes an evaluator; called once on each thread that needs one.
using MakeExpressions = std::function<std::unique_ptr<Expressions>()>;

/// What the engine takes from outside.
struct EngineParts {
    const Clock &clock;
    Random &random; ///< used on the engine thread
    MakeExpressions makeExpressions;
};

/// Owns the engine's parts and threads. Lives on the main thread; its methods return at once.
class Engine : public QObject
{
    Q_OBJECT

public:
    /// Opens the data directory and starts the threads. Unavailable (another Signalbox owns the
    /// directory, disk, permissions), Damaged, WrongState (newer format): each says path and mend.
    static Result<std::unique_ptr<Engine>> open(EngineOptions options, EngineParts parts);
    /// Finishes the turn in hand and stops the threads.
    ~Engine() override;

    /// For whoever has no Qt event loop.
    Door door();
    /// Gives `callbackUrl` of the flows a port; activities that need one fail without it.
    void callBackThrough(CallbackUrl url);

    QFuture<Result<DeployedFlow>> deploy(DeployFlow request);
    QFuture<Result<std::vector<FlowVersion>>> flows();
    QFuture<Result<Acceptance>> start(StartRequest request);
    QFuture<Result<Acceptance>> raise(RaiseRequest request);
    QFuture<Result<Acceptance>> terminate(TerminateRequest request);
    QFuture<Result<Acceptance>> suspend(OperationRequest request);
    QFuture<Result<Acceptance>> resume(OperationRequest request);
    QFuture<Result<Acceptance>> retry(OperationRequest request);
    QFuture<Result<Acceptance>> deleteKept(KeptEventRequest request);
    QFuture<Result<Acceptance>> handOn(KeptEventRequest request);
    QFuture<Result<Acceptance>> replayUndelivered(UndeliveredRequest request);
    QFuture<Result<Acceptance>> deleteUndelivered(UndeliveredRequest request);
    QFuture<Result<std::vector<EventVerdict>>> explain(ExplainRequest request);
    QFuture<Result<UndeliveredPage>> undelivered(LogRequest request);
    QFuture<Result<InstanceSummary>> find(InstanceId instance);
    QFuture<Result<InstancePage>> list(ListRequest request);
    QFuture<Result<InstanceHistory>> history(HistoryRequest request);
    QFuture<Result<std::vector<InstanceCounts>>> counts();
    QFuture<Result<Backup>> backUp(BackupRequest request);

signals:
    /// After a commit, on the receiver's thread: these instances are different now.
    void instancesChanged(const std::vector<engine::InstanceSummary> &changed);
    /// The engine stopped by itself: what happened, where, what to do.
    void halted(const QString &problem);
    /// The database was damaged when it was opened, and is whole again: what was found, what was done, and
    /// last where the damaged file is kept; a sentence each.
    void mended(const QStringList &lines);
    /// Pages of the database are damaged; the engine goes on with what is not: what was found, where,
    /// what to do.
    void damaged(const QString &damage);

private:
    struct Implementation;
    explicit Engine(std::unique_ptr<Implementation> implementation);

    std::unique_ptr<Implementation> m_implementation;
};

} // namespace engine
